package io.chancery.audit;

import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.Tile;
import io.chancery.ledger.tree.TreeBuilder;
import io.chancery.ledger.tree.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Someone recomputes every hash after a change: all agrees again, but nobody has signed it. */
final class ForgedChain {
  /** A key under the log's own name. */
  static final NoteSigner OTHERS_KEY = CopyWriter.signer(CopyWriter.ORIGIN, NoteKey.Type.ED25519);

  private ForgedChain() {}

  /** Tiles and checkpoints of the database, from its entries as they are now. */
  static void inDatabase(AuditedWorld world) throws SQLException {
    long signed = Long.parseLong(world.text("select max(size) from ledger_checkpoint"));
    List<Tile> tiles = new ArrayList<>();
    TreeBuilder tree = TreeBuilder.empty(tiles::add);
    for (byte[] body : bodies(world)) {
      tree.add(TreeHash.leaf(body));
      if (tree.size() == signed) {
        world.sql(
            "update ledger_checkpoint set root = ? where size = ?", tree.root().octets(), signed);
      }
    }
    tiles.addAll(tree.partialTiles());
    for (Tile tile : tiles) {
      world.sql(
          "update ledger_tile set hashes = ? where level = ? and n = ?",
          tile.hashes(),
          tile.level(),
          tile.n());
    }
  }

  /** The whole copy, from the entries of the database as they are now. */
  static void inCopy(AuditedWorld world, NoteSigner signer) throws SQLException, IOException {
    long signed = Long.parseLong(world.text("select max(size) from ledger_checkpoint"));
    try (Stream<Path> files = Files.walk(world.copy())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    CopyWriter writer = new CopyWriter(world.copy(), tile -> {});
    bodies(world).stream().limit(signed).forEach(writer::add);
    writer.publish(signer);
  }

  private static List<byte[]> bodies(AuditedWorld world) throws SQLException {
    List<byte[]> bodies = new ArrayList<>();
    try (Connection connection = world.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select body from ledger_leaf join ledger_entry on id = entry order by"
                    + " leaf_index")) {
      while (rows.next()) {
        bodies.add(rows.getBytes(1));
      }
    }
    return bodies;
  }
}
