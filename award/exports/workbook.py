"""A workbook that says in which language it is, as programs that read aloud need to know."""

import xlsxwriter
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager


class Workbook(xlsxwriter.Workbook):
    """An xlsxwriter workbook with the language among its properties."""

    def describe(self, *, title, author, created, language):
        """Set the properties of the document; `created` is a naive time in UTC."""
        self.set_properties({"title": title, "author": author, "created": created})
        self.doc_properties["language"] = language

    def _get_packager(self):
        return _Packager()


class _Packager(Packager):
    def _write_core_file(self):
        core = _Core()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()


class _Core(Core):
    def _write_cp_last_modified_by(self):
        super()._write_cp_last_modified_by()
        self._xml_data_element("dc:language", self.properties["language"])
