"""What staff may do. A role is one plain permission; a person holds as many as the work needs."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Every staff member may look at messages and reach; more needs a role."""

    ALERTS = "alerts.release", "知らせを出す"
    DESK = "people.desk", "窓口（世帯・サインイン・訂正）"
    CASHIER = "payments.cashier", "収納（減免・返金・突き合わせ）"
    FORMS = "procedures.publish", "手続きを公開する"
    SETTINGS = "settings.edit", "送り方を決める"
    STAFF = "staff.manage", "職員とサインインを管理する"
    AUDIT = "audit.read", "記録を見る"
