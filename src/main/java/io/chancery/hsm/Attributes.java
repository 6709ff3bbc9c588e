package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Attribute templates, searches by them, and the reading of single attributes. */
final class Attributes {
  private static final int AT_ONCE = 1000;

  /** The object has no such attribute, or the token does not tell it. */
  private static final Set<Long> ABSENT =
      Set.of(PKCS11Constants.CKR_ATTRIBUTE_TYPE_INVALID, PKCS11Constants.CKR_ATTRIBUTE_SENSITIVE);

  private final List<CK_ATTRIBUTE> entries = new ArrayList<>();

  static Attributes ofClass(long objectClass) {
    return new Attributes().with(PKCS11Constants.CKA_CLASS, objectClass);
  }

  static Attributes none() {
    return new Attributes();
  }

  /** {@code value}: Boolean, Long, char[] or byte[], as the attribute's type wants it. */
  Attributes with(long type, Object value) {
    CK_ATTRIBUTE entry = new CK_ATTRIBUTE();
    entry.type = type;
    entry.pValue = value;
    entries.add(entry);
    return this;
  }

  CK_ATTRIBUTE[] template() {
    return entries.toArray(CK_ATTRIBUTE[]::new);
  }

  /** The handles of all objects that match. */
  List<Long> search(PKCS11 cryptoki, long session) throws PKCS11Exception {
    List<Long> found = new ArrayList<>();
    cryptoki.C_FindObjectsInit(session, template(), true);
    try {
      long[] some = cryptoki.C_FindObjects(session, AT_ONCE);
      while (some.length > 0) {
        for (long handle : some) {
          found.add(handle);
        }
        some = cryptoki.C_FindObjects(session, AT_ONCE);
      }
    } finally {
      cryptoki.C_FindObjectsFinal(session);
    }
    return found;
  }

  static Optional<byte[]> octets(PKCS11 cryptoki, long session, long object, long type)
      throws PKCS11Exception {
    return value(cryptoki, session, object, type)
        .filter(byte[].class::isInstance)
        .map(byte[].class::cast)
        .filter(octets -> octets.length > 0);
  }

  static Optional<String> text(PKCS11 cryptoki, long session, long object, long type)
      throws PKCS11Exception {
    return value(cryptoki, session, object, type)
        .filter(char[].class::isInstance)
        .map(characters -> new String((char[]) characters));
  }

  static Optional<Long> number(PKCS11 cryptoki, long session, long object, long type)
      throws PKCS11Exception {
    return value(cryptoki, session, object, type)
        .filter(Long.class::isInstance)
        .map(Long.class::cast);
  }

  static Optional<Boolean> flag(PKCS11 cryptoki, long session, long object, long type)
      throws PKCS11Exception {
    return value(cryptoki, session, object, type)
        .filter(Boolean.class::isInstance)
        .map(Boolean.class::cast);
  }

  private static Optional<Object> value(PKCS11 cryptoki, long session, long object, long type)
      throws PKCS11Exception {
    CK_ATTRIBUTE asked = new CK_ATTRIBUTE();
    asked.type = type;
    CK_ATTRIBUTE[] template = {asked};
    try {
      // The wrapper puts a new object into the array rather than filling the one that is there.
      cryptoki.C_GetAttributeValue(session, object, template, true);
      return Optional.ofNullable(template[0].pValue);
    } catch (PKCS11Exception problem) {
      if (ABSENT.contains(problem.getErrorCode())) {
        return Optional.empty();
      }
      throw problem;
    }
  }
}
