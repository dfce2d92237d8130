"""Fields of tables and forms that know what is written in them, for every form of django.forms."""
