package io.chancery.api;

import io.chancery.ledger.Proofs;
import io.chancery.ledger.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * That a certificate is on the roll (RFC 6962 s2.1.1), with nothing left to ask for.
 *
 * @param entry the canonical JSON of the entry; its leaf hash is SHA-256 of 0x00 and its UTF-8
 * @param path hashes in base64, from the leaf upwards
 * @param checkpoint the signed note whose root the path leads to
 */
public record ProofView(
    long leafIndex, long treeSize, String entry, List<String> path, String checkpoint) {
  static ProofView of(Proofs.Proof proof) {
    return new ProofView(
        proof.path().index(),
        proof.path().size(),
        new String(proof.entry(), StandardCharsets.UTF_8),
        proof.path().path().stream().map(TreeHash::base64).toList(),
        proof.checkpoint());
  }
}
