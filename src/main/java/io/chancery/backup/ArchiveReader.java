package io.chancery.backup;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads the inside of a backup once, from its begin to its end. */
final class ArchiveReader {
  private static final Pattern PIECE = Pattern.compile("tables/([a-z_][a-z0-9_]*)/([0-9]{6})");
  private static final Pattern PAPER = Pattern.compile("papers/[A-Za-z0-9._/-]+");
  private static final int LARGEST_FILE = 16 * 1_048_576;
  private static final int BLOCK = 65_536;

  private final String name;
  private final TableSink sink;
  private final Map<String, TableDigest.Digest> tables = new HashMap<>();
  private final Map<String, String> papers = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private Optional<Manifest> manifest = Optional.empty();
  private String table = "";
  private int piece;
  private TableDigest digest = new TableDigest();

  /** Where the data of the tables goes while it is read. */
  interface TableSink {
    void begin(String table);

    void data(byte[] octets, int length);

    void end();

    /** Nowhere: it is only counted and hashed. */
    TableSink NOWHERE =
        new TableSink() {
          @Override
          public void begin(String table) {}

          @Override
          public void data(byte[] octets, int length) {}

          @Override
          public void end() {}
        };
  }

  private ArchiveReader(String name, TableSink sink) {
    this.name = name;
    this.sink = sink;
  }

  /**
   * Reads all of it into {@code sink} and holds it against its manifest. What the sink got may be
   * used only when this returns: the octets that prove the content are the last ones.
   */
  static Manifest read(String name, InputStream content, TableSink sink) throws IOException {
    ArchiveReader reader = new ArchiveReader(name, sink);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GzipCompressorInputStream(content))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        reader.entry(tar, entry);
      }
      // The compression's own checksum, and with it the end of the encryption's content.
      content.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return reader.compared();
  }

  private void entry(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    if (manifest.isPresent() || !entry.isFile()) {
      throw foreign("holds something after its manifest, or no plain file");
    }
    Matcher data = PIECE.matcher(entry.getName());
    if (data.matches()) {
      piece(tar, data.group(1), Integer.parseInt(data.group(2)));
      return;
    }
    endTable();
    if (entry.getName().equals(Manifest.NAME)) {
      manifest = Optional.of(Manifest.parse(name, whole(tar)));
    } else if (PAPER.matcher(entry.getName()).matches()) {
      byte[] hash = Sha256.of(whole(tar));
      String paper = entry.getName().substring(ArchiveWriter.PAPERS.length());
      papers.put(paper, java.util.HexFormat.of().formatHex(hash));
    } else {
      throw foreign("holds a file of a name that is not a backup's");
    }
  }

  private void piece(InputStream tar, String of, int number) throws IOException {
    if (!of.equals(table)) {
      endTable();
      if (!begun.add(of)) {
        throw foreign("holds a table twice");
      }
      table = of;
      sink.begin(table);
    }
    if (number != ++piece) {
      throw foreign("lacks a piece of a table");
    }
    byte[] block = new byte[BLOCK];
    for (int length = tar.read(block); length > 0; length = tar.read(block)) {
      digest.piece(block, length);
      sink.data(block, length);
    }
  }

  private void endTable() {
    if (!table.isEmpty()) {
      sink.end();
      tables.put(table, digest.end());
      table = "";
      piece = 0;
      digest = new TableDigest();
    }
  }

  private static byte[] whole(InputStream tar) throws IOException {
    byte[] octets = tar.readNBytes(LARGEST_FILE + 1);
    if (octets.length > LARGEST_FILE) {
      throw new Failure.TooLarge("a file in the backup", LARGEST_FILE, "octets").thrown();
    }
    return octets;
  }

  private Manifest compared() {
    Manifest said = manifest.orElseThrow(() -> foreign("lacks its manifest"));
    TableDigest.Digest nothing = new TableDigest().end();
    for (Manifest.Table each : said.tables()) {
      TableDigest.Digest found = tables.getOrDefault(each.name(), nothing);
      if (!each.data().sameData(found)) {
        throw foreign("table " + each.name() + " is not as its manifest says");
      }
    }
    if (!said.papers().equals(papers)
        || !begun.stream().allMatch(one -> said.table(one).isPresent())) {
      throw foreign("holds other papers or tables than its manifest says");
    }
    return said;
  }

  private PkiException foreign(String reason) {
    return new Failure.Malformed(name, "", reason, Manifest.FORMAT).thrown();
  }
}
