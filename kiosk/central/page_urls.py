"""Addresses of the pages that people open in a browser: staff, and visitors with a receipt."""

from django.urls import path, re_path

from kiosk.central.accounts import pages as accounts
from kiosk.central.boards import pages as boards
from kiosk.central.branches import pages as kiosks
from kiosk.central.figures import pages as figures
from kiosk.central.guide import pages as guide
from kiosk.central.handbook import pages as handbook
from kiosk.central.inbox import held_pages as held
from kiosk.central.inbox import pages as inbox
from kiosk.central.inbox import receipt_pages as receipt
from kiosk.central.intake import stick_pages as stick
from kiosk.central.post import pages as post
from kiosk.central.programme import import_pages, notice_pages
from kiosk.central.programme import pages as programme
from kiosk.central.questionnaires import pages as questionnaires
from kiosk.central.questionnaires import results_pages as results
from kiosk.central.seats import pages as seats
from kiosk.central.seats import ruling_pages as ruling

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
    path("programme/import/", import_pages.upload, name="upload"),
    path("programme/import/preview/", import_pages.preview, name="preview"),
    path("programme/import/confirm/", import_pages.confirm, name="confirm"),
    path("programme/<uuid:workshop_id>/", seats.reading, name="workshop"),
    path("programme/<uuid:workshop_id>/seats/", seats.arrange, name="arrange-seats"),
    path("programme/<uuid:workshop_id>/print/", seats.printed, name="print-sign-ups"),
    path(
        "programme/<uuid:workshop_id>/leases/<uuid:lease_id>/", ruling.write_off, name="write-off"
    ),
    path("programme/<uuid:workshop_id>/<uuid:submission_id>/", ruling.rule, name="rule"),
    path("notices/", notice_pages.listing, name="notices"),
    path("notices/new/", notice_pages.writing, name="new-notice"),
    path("notices/<uuid:notice_id>/", notice_pages.writing, name="notice"),
    path("notices/<uuid:notice_id>/end/", notice_pages.end, name="end-notice"),
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
