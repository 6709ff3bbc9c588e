package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.inventory.Transactions;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.Tree;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the copy is lost for good, two persons may accept it. What they sign names the database as
 * it is, so that nobody can use it for another loss; it becomes an entry of the roll, and the roll
 * goes on from there with a new copy.
 */
@Singleton
public final class Losses {
  static final String REMEDY =
      "bring the copy back; if it is lost for good, move what is left of it away and let two"
          + " administrators accept that with: chancery accept-loss";

  private static final int PERSONS = 2;

  private final Leaves leaves;
  private final TileRows tiles;
  private final LedgerRows rows;
  private final NoteSigner signer;
  private final Employer employer;
  private final Transactions transactions;

  @Inject
  Losses(
      Leaves leaves,
      TileRows tiles,
      LedgerRows rows,
      NoteSigner signer,
      Employer employer,
      Transactions transactions) {
    this.leaves = leaves;
    this.tiles = tiles;
    this.rows = rows;
    this.signer = signer;
    this.employer = employer;
    this.transactions = transactions;
  }

  /** Knows whose certificates these are. */
  public interface Employer {
    /** Whether this authority's own key signed the certificate. */
    boolean hasIssued(X509Certificate certificate);
  }

  /** A person's word: the certificate (DER), and its key's signature over the statement. */
  @SuppressWarnings("ArrayRecordComponent") // only handed on
  public record Word(byte[] certificate, byte[] signature) {}

  /** What the two sign, about the database as it is now. */
  public String statement() {
    return transactions.call(
        () -> {
          long size = leaves.count();
          return "chancery: the copy of the ledger is lost\n"
              + signer.key().name()
              + "\nthe database has "
              + size
              + " entries with the root "
              + Tree.root(tiles, size).base64()
              + "\nwhat the copy held beyond them is given up\n";
        });
  }

  /** The facts of {@code LEDGER_LOSS_ACCEPTED}, if these words make one. */
  public Map<String, String> facts(String reason, List<Word> words) {
    String statement = statement();
    mustHold(statement, words);
    Map<String, String> facts = new TreeMap<>();
    facts.put("reason", reason);
    facts.put("statement", statement);
    for (int i = 0; i < words.size(); i++) {
      facts.put("certificate " + (i + 1), Event.octets(words.get(i).certificate()));
      facts.put("signature " + (i + 1), Event.octets(words.get(i).signature()));
    }
    return facts;
  }

  /** Whether the loss was accepted for the database as it is. */
  boolean accepted() {
    String statement = statement();
    return transactions
        .call(
            () ->
                rows.find("kind = ?1 order by id desc", EventKind.LEDGER_LOSS_ACCEPTED.name())
                    .firstResultOptional()
                    .map(row -> row.body))
        .map(Event::parse)
        .filter(event -> event.fact("statement").equals(statement))
        .map(
            event -> {
              mustHold(statement, words(event));
              return true;
            })
        .orElse(false);
  }

  private static List<Word> words(Event event) {
    List<Word> words = new ArrayList<>();
    for (int i = 1; i <= PERSONS; i++) {
      words.add(new Word(event.octetsOf("certificate " + i), event.octetsOf("signature " + i)));
    }
    return words;
  }

  private void mustHold(String statement, List<Word> words) {
    List<X509Certificate> persons = words.stream().map(word -> person(statement, word)).toList();
    long keys = persons.stream().map(X509Certificate::getPublicKey).distinct().count();
    if (persons.size() != PERSONS || keys != PERSONS) {
      throw refused(keys + " person has signed the statement", "a loss takes two persons");
    }
  }

  private X509Certificate person(String statement, Word word) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(word.certificate()));
      if (!employer.hasIssued(certificate)) {
        throw refused("a certificate is not of this authority", "use an administrator's");
      }
      String algorithm =
          switch (certificate.getPublicKey().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> certificate.getPublicKey().getAlgorithm();
          };
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(certificate);
      check.update(statement.getBytes(StandardCharsets.UTF_8));
      if (check.verify(word.signature())) {
        return certificate;
      }
    } catch (GeneralSecurityException notASignature) {
      throw refused("a signature cannot be read", "sign the statement again");
    }
    throw refused("a signature is not over this statement", "sign the statement as it is now");
  }

  private static RuntimeException refused(String reason, String remedy) {
    return new Failure.Refused("loss-accepted-by-two", reason, remedy).thrown();
  }
}
