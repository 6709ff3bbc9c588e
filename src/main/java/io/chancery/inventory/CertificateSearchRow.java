package io.chancery.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of the view {@code certificate_search}, past row security: for whoever sees all. */
@Entity
@Immutable
@Table(name = "certificate_search")
class CertificateSearchRow {
  @Id String serial = "";

  String subject = "";

  @JdbcTypeCode(SqlTypes.ARRAY)
  String[] names = {};
}
