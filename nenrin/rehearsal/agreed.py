"""What the town's side and the stand-ins have agreed on: the keys of a rehearsal."""

STAND_IN_SECRETS = {
    "NENRIN_LINE_TOKEN": "rehearsal-line",
    "NENRIN_LINE_SECRET": "rehearsal-line-secret",
    "NENRIN_SMS_TOKEN": "rehearsal-sms",
    "NENRIN_VOICE_TOKEN": "rehearsal-voice",
    "NENRIN_STRIPE_SECRET_KEY": "rehearsal-stripe",
    "NENRIN_STRIPE_WEBHOOK_SECRET": "rehearsal-stripe-hook",
    "NENRIN_PAYJP_SECRET_KEY": "rehearsal-payjp",
    "NENRIN_PAYJP_WEBHOOK_TOKEN": "rehearsal-payjp-hook",
    "NENRIN_PAYPAY_API_KEY": "rehearsal-paypay",
    "NENRIN_PAYPAY_API_SECRET": "rehearsal-paypay-hook",
}
