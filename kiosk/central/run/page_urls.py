"""Addresses of the pages that people open in a browser: staff, and visitors with a receipt."""

from django.urls import path, re_path

from kiosk.central.staff.accounts import views as accounts
from kiosk.central.staff.boards import views as boards
from kiosk.central.staff.figures import views as figures
from kiosk.central.staff.guide import views as guide
from kiosk.central.staff.handbook import views as handbook
from kiosk.central.staff.inbox import held_views as held
from kiosk.central.staff.inbox import views as inbox
from kiosk.central.staff.kiosks import views as kiosks
from kiosk.central.staff.notices import views
from kiosk.central.staff.notifications import views as post
from kiosk.central.staff.phone import views as receipt
from kiosk.central.staff.programme import import_views
from kiosk.central.staff.programme import views as programme
from kiosk.central.staff.questionnaires import results_views as results
from kiosk.central.staff.questionnaires import views as questionnaires
from kiosk.central.staff.seats import ruling_views as ruling
from kiosk.central.staff.seats import views as seats
from kiosk.central.staff.sticks import views as stick

urlpatterns = [
    path("", accounts.front, name="front"),
    path("login/", accounts.log_in, name="log-in"),
    path("logout/", accounts.log_out, name="log-out"),
    path("logged-out/", accounts.logged_out, name="logged-out"),
    path("language/", accounts.choose_language, name="language"),
    path("inbox/", inbox.listing, name="inbox"),
    path("inbox/held/", held.listing, name="held"),
    path("inbox/download/", inbox.download, name="download"),
    path("inbox/<uuid:submission_id>/", inbox.reading, name="submission"),
    path("inbox/<uuid:submission_id>/answer/", inbox.answer, name="answer"),
    path("questionnaires/", questionnaires.listing, name="questionnaires"),
    path("questionnaires/new/", questionnaires.writing, name="new-questionnaire"),
    path("questionnaires/<uuid:questionnaire_id>/", questionnaires.writing, name="questionnaire"),
    path("questionnaires/<uuid:questionnaire_id>/results/", results.reading, name="results"),
    path(
        "questionnaires/<uuid:questionnaire_id>/results/download/",
        results.download,
        name="results-download",
    ),
    path("boards/", boards.listing, name="boards"),
    path("boards/new/", boards.writing, name="new-publication"),
    path("boards/<uuid:publication_id>/", boards.reading, name="publication"),
    path("kiosks/", kiosks.listing, name="kiosks"),
    path("kiosks/code/", kiosks.new_code, name="new-code"),
    path("kiosks/<uuid:device_id>/", kiosks.reading, name="kiosk"),
    path("kiosks/<uuid:device_id>/name/", kiosks.rename, name="rename-kiosk"),
    path("kiosks/<uuid:device_id>/looked/", kiosks.looked, name="kiosk-looked-at"),
    path("kiosks/<uuid:device_id>/shut-out/", kiosks.shut_out, name="shut-out"),
    path("stick/", stick.upload, name="stick"),
    path("stick/answer/", stick.answered, name="stick-answer"),
    path("stick/answer/file/", stick.answer_file, name="stick-answer-file"),
    path("programme/", programme.listing, name="programme"),
    path("programme/import/", import_views.upload, name="upload"),
    path("programme/import/preview/", import_views.preview, name="preview"),
    path("programme/import/confirm/", import_views.confirm, name="confirm"),
    path("programme/<uuid:workshop_id>/", seats.reading, name="workshop"),
    path("programme/<uuid:workshop_id>/seats/", seats.arrange, name="arrange-seats"),
    path("programme/<uuid:workshop_id>/print/", seats.printed, name="print-sign-ups"),
    path(
        "programme/<uuid:workshop_id>/leases/<uuid:lease_id>/", ruling.write_off, name="write-off"
    ),
    path("programme/<uuid:workshop_id>/<uuid:submission_id>/", ruling.rule, name="rule"),
    path("notices/", views.listing, name="notices"),
    path("notices/new/", views.writing, name="new-notice"),
    path("notices/<uuid:notice_id>/", views.writing, name="notice"),
    path("notices/<uuid:notice_id>/end/", views.end, name="end-notice"),
    path("figures/", figures.overview, name="figures"),
    path("figures/download/", figures.download, name="figures-download"),
    path("guide/", guide.listing, name="guide"),
    path("guide/<slug:branch_key>/add/", guide.add, name="add-contact"),
    path("guide/<uuid:contact_id>/", guide.change, name="change-contact"),
    path("guide/<uuid:contact_id>/remove/", guide.remove, name="remove-contact"),
    path("handbook/", handbook.reading, name="handbook"),
    path("handbook/<slug:page>/", handbook.reading, name="handbook"),
    path("post/", post.listing, name="post"),
    path("post/<uuid:parcel_id>/", post.decide, name="parcel"),
    path("r/", receipt.ask, name="receipt"),
    re_path("^r/(?P<code>[^/]+)/?$", receipt.follow_up, name="follow-up"),
]
