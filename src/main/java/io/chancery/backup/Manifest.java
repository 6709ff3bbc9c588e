package io.chancery.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chancery.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a backup holds, counted and hashed. It stands at the end of the archive.
 *
 * @param madeAt ISO 8601, UTC
 * @param schema the migrations that had made the database, in their order
 * @param issuers the issuers that the book belongs to, each with its certificate's SHA-256
 * @param sequences their last values; one that was never used is not there
 */
record Manifest(
    String format,
    String madeAt,
    String postgresql,
    List<Migration> schema,
    Ledger ledger,
    Map<String, String> issuers,
    List<Table> tables,
    Map<String, Long> sequences,
    Map<String, String> papers) {
  static final String FORMAT = "chancery-backup-1";
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  Manifest {
    schema = List.copyOf(schema);
    issuers = Map.copyOf(issuers);
    tables = List.copyOf(tables);
    sequences = Map.copyOf(sequences);
    papers = Map.copyOf(papers);
  }

  /**
   * A migration that Flyway had run.
   *
   * @param script its file; the folder before it is as the program that ran it saw it
   */
  record Migration(String version, String script, int checksum) {
    String fileName() {
      return script.substring(script.lastIndexOf('/') + 1);
    }

    boolean sameAs(Migration other) {
      return version.equals(other.version) && checksum == other.checksum;
    }
  }

  /** The ledger's entries; {@code root} of the newest checkpoint, empty where there was none. */
  record Ledger(long size, String root) {}

  record Table(String name, List<String> columns, TableDigest.Digest data) {
    Table {
      columns = List.copyOf(columns);
    }
  }

  String schemaVersion() {
    return schema.isEmpty() ? "0" : schema.getLast().version();
  }

  long rows() {
    return tables.stream().mapToLong(table -> table.data().rows()).sum();
  }

  Optional<Table> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  byte[] write() {
    try {
      return JSON.writeValueAsBytes(sorted());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts and numbers are always JSON", impossible);
    }
  }

  static Manifest parse(String file, byte[] json) {
    try {
      Manifest manifest = JSON.readValue(json, Manifest.class);
      if (!manifest.format.equals(FORMAT)) {
        throw new Failure.Refused(
                "backup-format",
                file + ": has another format than " + FORMAT,
                "use the version of Chancery that made it, or a newer one")
            .thrown();
      }
      return manifest;
    } catch (IOException notAsAgreed) {
      throw new Failure.Malformed(file, NAME, "cannot be read", FORMAT).because(notAsAgreed);
    }
  }

  private Map<String, Object> sorted() {
    Map<String, Object> all = new java.util.LinkedHashMap<>();
    all.put("format", format);
    all.put("madeAt", madeAt);
    all.put("postgresql", postgresql);
    all.put("schema", schema);
    all.put("ledger", ledger);
    all.put("issuers", new TreeMap<>(issuers));
    all.put("tables", tables);
    all.put("sequences", new TreeMap<>(sequences));
    all.put("papers", new TreeMap<>(papers));
    return all;
  }
}
