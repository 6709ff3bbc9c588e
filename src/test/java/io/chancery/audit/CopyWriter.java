package io.chancery.audit;

import io.chancery.ledger.note.Checkpoint;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import io.chancery.ledger.tree.EntryBundle;
import io.chancery.ledger.tree.HashTiles;
import io.chancery.ledger.tree.Tile;
import io.chancery.ledger.tree.TilePath;
import io.chancery.ledger.tree.TreeBuilder;
import io.chancery.ledger.tree.TreeHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes a copy of the roll as the service does, with a key of its own. */
final class CopyWriter {
  static final String ORIGIN = "chancery.internal/test";

  private final Path root;
  private final TreeBuilder tree;
  private List<byte[]> bundle = new ArrayList<>();

  CopyWriter(Path root, Consumer<Tile> also) {
    this.root = root;
    this.tree =
        TreeBuilder.empty(
            tile -> {
              write(tile.path().toString(), tile.hashes());
              also.accept(tile);
            });
  }

  void add(byte[] body) {
    bundle.add(body);
    tree.add(TreeHash.leaf(body));
    if (bundle.size() == HashTiles.WIDTH) {
      writeBundle();
    }
  }

  TreeBuilder tree() {
    return tree;
  }

  /** The right edge, and the signed checkpoint; returns its text. */
  String publish(NoteSigner signer) {
    if (!bundle.isEmpty()) {
      writeBundle();
    }
    tree.partialTiles().forEach(tile -> write(tile.path().toString(), tile.hashes()));
    String text = Checkpoint.of(ORIGIN, tree.size(), tree.root()).text();
    Note note = Note.unsigned(text).with(signer.sign(text));
    write("checkpoint", note.octets());
    return note.toString();
  }

  private void writeBundle() {
    long n = (tree.size() - 1) / HashTiles.WIDTH;
    write(new TilePath.Entries(n, bundle.size()).toString(), EntryBundle.of(bundle));
    bundle = new ArrayList<>();
  }

  private void write(String path, byte[] octets) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, octets);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** A log's key that is in nobody's token. */
  static NoteSigner signer(String name, NoteKey.Type type) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new NoteSigner(
          NoteKey.of(name, type, pair.getPublic()),
          octets -> {
            try {
              Signature signature = Signature.getInstance("Ed25519");
              signature.initSign(pair.getPrivate());
              signature.update(octets);
              return signature.sign();
            } catch (GeneralSecurityException cannot) {
              throw new IllegalStateException(cannot);
            }
          });
    } catch (GeneralSecurityException cannot) {
      throw new IllegalStateException(cannot);
    }
  }
}
