"""Addresses of sheets; the portal includes them in its own table."""

from django.urls import path, register_converter

from gib.portal.imports import views


class SheetForm:
    """The two forms in which a sheet goes out."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """Keep the word."""
        return value

    def to_url(self, value: str) -> str:
        """Keep the word."""
        return value


register_converter(SheetForm, "sheet_form")

urlpatterns = [
    path("lijsten-inlezen/", views.imports, name="imports"),
    path("lijsten-inlezen/leeg/<slug:key>/", views.import_template, name="import_template"),
    path("lijsten-inlezen/<uuid:upload_id>/kolommen/", views.import_columns, name="import_columns"),
    path("lijsten-inlezen/<uuid:upload_id>/controle/", views.import_check, name="import_check"),
    path("lijsten-inlezen/<uuid:upload_id>/inlezen/", views.import_apply, name="import_apply"),
    path("lijsten-inlezen/<uuid:upload_id>/", views.import_result, name="import_result"),
    path("lijsten-inlezen/<uuid:upload_id>/terugdraaien/", views.import_undo, name="import_undo"),
    path("lijsten-inlezen/<uuid:upload_id>/wegleggen/", views.import_discard, name="import_discard"),
    path("lijsten-meenemen/", views.exports, name="exports"),
    path("lijsten-meenemen/<slug:key>/<sheet_form:form>/", views.export, name="export"),
]
