package io.chancery.visibility;

import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteSigner;

/**
 * The ledger's key, for receipts only: no text gets its signature here that somebody could show as
 * a checkpoint.
 */
public record ReceiptSigner(NoteSigner signer) {
  /** Signs what begins as a receipt begins, and nothing else. */
  Note sign(Receipt receipt) {
    String text = receipt.text(signer.key().name());
    if (!text.startsWith(Receipt.FIRST)) {
      throw new IllegalStateException("this is no receipt");
    }
    return Note.unsigned(text).with(signer.sign(text));
  }
}
