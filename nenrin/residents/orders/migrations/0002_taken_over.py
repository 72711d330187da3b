from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="draftstep",
            name="act",
            field=models.CharField(
                choices=[
                    ("started", "起案"),
                    ("asked", "同意を頼みました"),
                    ("taken_back", "同意の頼みを取り下げました"),
                    ("returned", "差し戻しました"),
                    ("consented", "同意しました"),
                    ("released", "送りました"),
                    ("broke_glass", "同意を待たずに一人で送りました"),
                    ("reviewed", "あとから確かめました"),
                    ("discarded", "取りやめました"),
                    ("taken_over", "自動で出た知らせを引き継ぎました"),
                ],
                max_length=12,
            ),
        ),
    ]
