-- Each request answers for another delivery: wrk asks `request` for every one it sends.
local tokens, next_token = {}, 0
local threads = 0

function setup(thread)
  thread:set("offset", threads)
  threads = threads + 1
end

function init(args)
  for token in io.lines(args[1]) do
    tokens[#tokens + 1] = token
  end
  next_token = offset * math.floor(#tokens / 2)
end

function request()
  next_token = next_token % #tokens + 1
  return wrk.format("POST", "/r/" .. tokens[next_token],
    { ["Content-Type"] = "application/x-www-form-urlencoded" }, "state=confirmed&answer=safe")
end
