package io.chancery.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table {@code identity}. Whom a credential stands for is asked of all organizations, whatever
 * is shown: a person that is not seen would leave the credential to somebody else.
 */
@Singleton
class IdentityRows implements PanacheRepositoryBase<IdentityRow, IdentityRow.Id> {
  private static final String EVERYWHERE =
      "select issuer, kind, value, person, organization from identities_by(:values)";
  private static final String NAME = Identity.Kind.NAME.text();
  private static final String CERTIFICATE = Identity.Kind.CERTIFICATE.text();

  /** For whom an identity stands, and whose that one is. */
  record Standing(String issuer, String kind, String value, String person, String organization) {
    boolean isCertificate() {
      return kind.equals(CERTIFICATE);
    }
  }

  /** In SQL: each login by certificate asks it. */
  List<IdentityRow> of(String person) {
    return getEntityManager()
        .createNativeQuery("select * from identity where person = ?1", IdentityRow.class)
        .setParameter(1, person)
        .getResultList();
  }

  /** Of one kind, with this value. */
  List<Standing> everywhere(String kind, String issuer, String value) {
    return with(issuer, List.of(value)).filter(one -> one.kind().equals(kind)).toList();
  }

  /** What a certificate of this issuer may be known by: itself, or one of its names. */
  List<Standing> everywhere(String issuer, String thumbprint, Collection<String> names) {
    return with(issuer, Stream.concat(Stream.of(thumbprint), names.stream()).toList())
        .filter(
            one ->
                one.isCertificate()
                    ? one.value().equals(thumbprint)
                    : one.kind().equals(NAME) && names.contains(one.value()))
        .toList();
  }

  private Stream<Standing> with(String issuer, List<String> values) {
    List<?> rows =
        getEntityManager()
            .createNativeQuery(EVERYWHERE, Object[].class)
            .setParameter("values", values.toArray(String[]::new))
            .getResultList();
    return rows.stream()
        .map(Object[].class::cast)
        .map(IdentityRows::standing)
        .filter(one -> one.issuer().equals(issuer));
  }

  private static Standing standing(Object... row) {
    return new Standing(
        (String) row[0], (String) row[1], (String) row[2], (String) row[3], (String) row[4]);
  }
}
