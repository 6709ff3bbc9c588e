package io.chancery.revocation;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Sha256;
import io.chancery.inventory.Transactions;
import io.chancery.issuance.CrlEntries;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.SignedCrl;
import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.Thumbprint;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The newest CRLs of each issuer, as they were signed, in files; the last ones seen serve while the
 * book is away. What another replica has signed is fetched from the book.
 */
@Singleton
public final class Crls {
  private static final Logger LOG = Logger.getLogger(Crls.class);
  private static final int FIRST = 100;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final CrlFiles files;
  private final CrlCopies copies;
  private final CrlBook book;
  private final Issuers issuers;
  private final Transactions transactions;

  @Inject
  Crls(CrlFiles files, CrlBook book, Issuers issuers, Transactions transactions) {
    this.files = files;
    this.copies = new CrlCopies(files);
    this.book = book;
    this.issuers = issuers;
    this.transactions = transactions;
  }

  /** Before a listener opens, whatever else is in doubt. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    try {
      refresh();
    } catch (PkiException away) {
      LOG.warnf("the book's CRLs cannot be read: %s", away.getMessage());
    }
  }

  /** The newest complete CRL of the whole issuer. */
  public Optional<PublishedCrl> current(IssuerName issuer) {
    return files.current(CrlSlot.complete(issuer, CrlScope.WHOLE)).map(CrlFile::crl);
  }

  /** Fetches from the book what is newer there. */
  void refresh() {
    for (Issuer issuer : issuers.all()) {
      List<CrlBook.Newest> all = transactions.call(() -> book.newest(issuer.name()));
      all.stream().flatMap(one -> one.crl().stream()).forEach(this::fetch);
    }
  }

  private void fetch(PublishedCrl crl) {
    try {
      copies.take(crl, (one, out) -> transactions.run(() -> book.read(one, out)));
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** None yet. */
  CrlEntries entries() {
    return CrlEntries.in(files.folder());
  }

  /** Writes a CRL into a file of its own. */
  Path write(SignedCrl signed) {
    Path octets = files.draft();
    try (FileChannel out = FileChannel.open(octets, StandardOpenOption.WRITE)) {
      signed.each(piece -> writeFully(out, piece));
      return octets;
    } catch (IOException | UncheckedIOException cannot) {
      discard(octets);
      throw new Failure.Unavailable(
              "disk of the CRLs", files.folder() + " cannot be written", RETRY)
          .because(cannot);
    }
  }

  private static void writeFully(FileChannel out, ByteBuffer piece) {
    try {
      while (piece.hasRemaining()) {
        out.write(piece);
      }
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** What was signed and stands in a file now. */
  PublishedCrl describe(CrlDraft draft, SignedCrl signed, Path octets) {
    return new PublishedCrl(
        draft.slot(),
        draft.number(),
        draft.base(),
        draft.content().thisUpdate(),
        draft.content().nextUpdate(),
        signed.entries(),
        signed.length(),
        thumbprint(octets));
  }

  private static Thumbprint thumbprint(Path octets) {
    var digest = Sha256.digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(octets, out);
      return new Thumbprint(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  void offer(PublishedCrl crl, Path octets) {
    files.offer(crl, octets);
  }

  void discard(Path octets) {
    try {
      Files.deleteIfExists(octets);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}
