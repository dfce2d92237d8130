"""A life may begin without what a newer backup holds."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safekeeping', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='life',
            name='lacks',
            field=models.CharField(blank=True, default='', max_length=250),
            preserve_default=False,
        ),
    ]
