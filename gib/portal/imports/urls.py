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

app_name = "imports"

urlpatterns = [
    path("lijsten-inlezen/", views.imports, name="list"),
    path("lijsten-inlezen/leeg/<slug:key>/", views.import_template, name="empty"),
    path("lijsten-inlezen/<uuid:upload_id>/kolommen/", views.import_columns, name="columns"),
    path("lijsten-inlezen/<uuid:upload_id>/controle/", views.import_check, name="check"),
    path("lijsten-inlezen/<uuid:upload_id>/inlezen/", views.import_apply, name="apply"),
    path("lijsten-inlezen/<uuid:upload_id>/", views.import_result, name="result"),
    path("lijsten-inlezen/<uuid:upload_id>/terugdraaien/", views.import_undo, name="undo"),
    path("lijsten-inlezen/<uuid:upload_id>/wegleggen/", views.import_discard, name="discard"),
    path("lijsten-meenemen/", views.exports, name="exports"),
    path("lijsten-meenemen/<slug:key>/<sheet_form:form>/", views.export, name="export"),
]
