"""知らせ: news with topics, 広報 and handouts as readable pages, 回覧板 through a 班."""
