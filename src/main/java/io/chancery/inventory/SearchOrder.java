package io.chancery.inventory;

import io.chancery.x509.SerialNumber;

/** In what order a search answers; either has an index. */
enum SearchOrder {
  NEWEST("issued_at"),
  ENDS("not_after");

  final String column;

  SearchOrder(String column) {
    this.column = column;
  }

  static SearchOrder of(Query query) {
    return query.isAboutEnds() ? ENDS : NEWEST;
  }

  String by() {
    return " order by " + column + " desc, serial desc";
  }

  Query.Cursor cursor(CertificateRow row) {
    return new Query.Cursor(
        this == NEWEST ? row.issuedAt : row.notAfter, SerialNumber.parse(row.serial));
  }
}
