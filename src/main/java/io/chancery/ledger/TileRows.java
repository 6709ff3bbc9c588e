package io.chancery.ledger;

import io.chancery.Failure;
import io.chancery.inventory.sql.Sql;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.Tile;
import io.chancery.ledger.tree.TreeHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** The table {@code ledger_tile}. */
@Singleton
final class TileRows implements HashTiles {
  private final Sql sql;

  @Inject
  TileRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public byte[] hashes(int level, long n, int width) {
    int length = width * TreeHash.LENGTH;
    return sql
        .query(
            "select hashes from ledger_tile where level = ? and n = ?",
            row -> row.getBytes(1),
            level,
            n)
        .stream()
        .filter(hashes -> hashes.length >= length)
        .findFirst()
        .map(hashes -> Arrays.copyOf(hashes, length))
        .orElseThrow(
            () ->
                new Failure.NotFound("ledger tile", level + "/" + n + " of width " + width)
                    .thrown());
  }

  /** Keeps a tile; one at the right edge takes the place of its narrower self. */
  void keep(Tile tile) {
    sql.update(
        "insert into ledger_tile (level, n, hashes) values (?, ?, ?)"
            + " on conflict (level, n) do update set hashes = excluded.hashes",
        tile.level(),
        tile.n(),
        tile.hashes());
  }
}
