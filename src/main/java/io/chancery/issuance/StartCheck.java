package io.chancery.issuance;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.warrant.SigningSwitch;
import java.time.Instant;

/** What must hold of an issuer before anything is signed with it. */
final class StartCheck {
  private StartCheck() {}

  static Issuer issuer(
      AuthorityFile.Entry entry,
      Hsm hsm,
      StatusAddresses addresses,
      SigningSwitch signing,
      Instant now) {
    String where = "issuer " + entry.name();
    Chain chain = new Chain(where, entry.certificate(), entry.chain());
    chain.mustBeAuthority();
    chain.mustVerify();
    chain.mustBeValid(now);
    return new Issuer(
        entry.name(),
        entry.certificate(),
        entry.chain(),
        key(where, entry, hsm),
        addresses,
        signing);
  }

  private static SigningKey key(String where, AuthorityFile.Entry entry, Hsm hsm) {
    SigningKey key = find(where, entry, hsm);
    CaCertificate certificate = CaCertificate.of(entry.certificate());
    if (!SignatureCheck.key(key.publicKey().info())
        .equals(SignatureCheck.key(certificate.keyInfo()))) {
      throw new Failure.Misconfigured(
              where,
              "the key " + entry.key() + " is not the key of its certificate",
              "name the key that the certificate was made for, or certify this one")
          .thrown();
    }
    return key;
  }

  private static SigningKey find(String where, AuthorityFile.Entry entry, Hsm hsm) {
    try {
      return hsm.key(entry.key());
    } catch (PkiException asked) {
      // A token that is away stays that; a token without the key is a wrong file or wrong token.
      if (asked.failure() instanceof Failure.NotFound) {
        throw new Failure.Misconfigured(
                where,
                "the token has no key " + entry.key(),
                "check the token in hsm.yaml and the key in authority.yaml")
            .because(asked);
      }
      throw asked;
    }
  }
}
