package io.chancery.backup;

import java.nio.file.Path;

/**
 * What a backup holds, for the person who made or checked it.
 *
 * @param sha256 of the file itself: kept elsewhere, it tells this file from any other
 * @param ledgerRoot of the newest checkpoint; empty where there was none
 */
public record Summary(
    Path file,
    long size,
    String sha256,
    String madeAt,
    String schemaVersion,
    String postgresql,
    int tables,
    long rows,
    int papers,
    long ledgerSize,
    String ledgerRoot) {
  static Summary of(Path file, BackupFile.Found found) {
    Manifest manifest = found.manifest();
    return new Summary(
        file,
        found.size(),
        found.sha256(),
        manifest.madeAt(),
        manifest.schemaVersion(),
        manifest.postgresql(),
        manifest.tables().size(),
        manifest.rows(),
        manifest.papers().size(),
        manifest.ledger().size(),
        manifest.ledger().root());
  }
}
