package io.chancery.revocation.compromise;

import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Thumbprint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/** Keys that the authority itself signs with: a report alone must not end them. */
@Singleton
final class OwnKeys {
  private static final String RESPONDER =
      """
      select r.issuer from responder r join certificate c on c.serial = r.serial
      where c.key_thumbprint = ?
      """;

  /** RFC 8410 s4: what stands before the 32 octets of an Ed25519 key. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Issuers issuers;
  private final NoteSigner ledger;
  private final DataSource database;

  @Inject
  OwnKeys(Issuers issuers, NoteSigner ledger, DataSource database) {
    this.issuers = issuers;
    this.ledger = ledger;
    this.database = database;
  }

  /** Which key of the authority this is; empty for everyone else's. */
  Optional<String> whose(Thumbprint key) {
    for (Issuer issuer : issuers.all()) {
      if (issuer.certificate().key().thumbprint().equals(key)) {
        return Optional.of("the issuer " + issuer.name());
      }
      for (IssuedCertificate above : issuer.chain()) {
        if (above.key().thumbprint().equals(key)) {
          return Optional.of("an authority above the issuer " + issuer.name());
        }
      }
    }
    if (ledgerKey().filter(key::equals).isPresent()) {
      return Optional.of("the ledger");
    }
    return responder(key).map(issuer -> "the OCSP responder of the issuer " + issuer);
  }

  /** C2SP signed-note: name, id and base64 of the type and the key. */
  private Optional<Thumbprint> ledgerKey() {
    if (ledger.key().type() != NoteKey.Type.ED25519) {
      return Optional.empty();
    }
    String vkey = ledger.key().vkey();
    int idEnd = vkey.indexOf('+', vkey.indexOf('+') + 1);
    byte[] raw = Base64.getDecoder().decode(vkey.substring(idEnd + 1));
    byte[] info = new byte[ED25519.length + raw.length - 1];
    System.arraycopy(ED25519, 0, info, 0, ED25519.length);
    System.arraycopy(raw, 1, info, ED25519.length, raw.length - 1);
    return Optional.of(Thumbprint.of(info));
  }

  private Optional<String> responder(Thumbprint key) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(RESPONDER)) {
      statement.setString(1, key.hex());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
