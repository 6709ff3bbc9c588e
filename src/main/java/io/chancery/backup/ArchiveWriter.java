package io.chancery.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The inside of a backup: a compressed tar. A tar says each file's size before its content, and a
 * table's is not known before its end; so a table is cut into files of some megabytes, between two
 * rows: {@code tables/certificate/000001} and so on, which put together are the table's data.
 */
final class ArchiveWriter implements AutoCloseable {
  static final String TABLES = "tables/";
  static final String PAPERS = "papers/";

  private static final int PIECE = 4 * 1_048_576;

  private final TarArchiveOutputStream tar;
  private final Date madeAt;
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE + 65_536);
  private int number;

  ArchiveWriter(OutputStream out, Instant madeAt) throws IOException {
    GzipParameters quick = new GzipParameters();
    quick.setCompressionLevel(Deflater.BEST_SPEED);
    this.tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out, quick), "UTF-8");
    this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    this.madeAt = Date.from(madeAt);
  }

  void paper(Paper paper) throws IOException {
    file(PAPERS + paper.name(), paper.octets());
  }

  void manifest(Manifest manifest) throws IOException {
    file(Manifest.NAME, manifest.write());
  }

  void row(String table, byte[] row) throws IOException {
    piece.write(row);
    if (piece.size() >= PIECE) {
      endPiece(table);
    }
  }

  void endTable(String table) throws IOException {
    if (piece.size() > 0) {
      endPiece(table);
    }
    number = 0;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private void endPiece(String table) throws IOException {
    number++;
    file(TABLES + table + "/" + "%06d".formatted(number), piece.toByteArray());
    piece.reset();
  }

  private void file(String name, byte[] octets) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(octets.length);
    entry.setMode(0600);
    entry.setModTime(madeAt);
    tar.putArchiveEntry(entry);
    tar.write(octets);
    tar.closeArchiveEntry();
  }
}
