package io.chancery.ledger.note;

import io.chancery.Quoted;
import io.chancery.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/** A key that is known by a name: what a verifier of notes is configured with, the "vkey". */
public final class NoteKey {
  private static final int LONGEST = 1024;

  private final String name;
  private final Type type;
  private final byte[] raw;
  private final int id;
  private final PublicKey key;

  /** What a signature of the key means; the octet is C2SP's. */
  public enum Type {
    /** Over the text of the note. */
    ED25519(0x01),
    /** A witness's word, with the time: C2SP tlog-cosignature v1. */
    COSIGNATURE_V1(0x04);

    private final int octet;

    Type(int octet) {
      this.octet = octet;
    }
  }

  private NoteKey(String name, Type type, byte[] raw) {
    this.name = NoteText.name("verifier key", name);
    this.type = type;
    this.raw = raw;
    this.key = Ed25519.key(raw);
    this.id = id(name, type, raw);
  }

  /** The key of these 32 octets (RFC 8032 s5.1.5) under a name. */
  public static NoteKey of(String name, Type type, byte[] raw) {
    return new NoteKey(name, type, raw.clone());
  }

  /** The same of a JDK key, as a token or a file gives it. */
  public static NoteKey of(String name, Type type, PublicKey key) {
    return new NoteKey(name, type, Ed25519.raw(key));
  }

  /** Reads {@code name+id+base64(type || key)}. */
  public static NoteKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || vkey.length() > LONGEST) {
      throw NoteText.malformed("verifier key", Quoted.of(vkey), "is not name+id+key");
    }
    byte[] typed = NoteText.base64("verifier key", parts[2]);
    if (typed.length != 1 + Ed25519.LENGTH) {
      throw NoteText.malformed("verifier key", Quoted.of(vkey), "is no Ed25519 key");
    }
    byte[] raw = new byte[Ed25519.LENGTH];
    System.arraycopy(typed, 1, raw, 0, raw.length);
    NoteKey key = new NoteKey(parts[0], type(vkey, typed[0]), raw);
    if (!key.hexId().equals(parts[1])) {
      throw NoteText.malformed(
          "verifier key", Quoted.of(vkey), "the id of this name and key is " + key.hexId());
    }
    return key;
  }

  /** {@code name+id+base64(type || key)}: what {@link #parse} reads, for a configuration. */
  public String vkey() {
    byte[] typed = ByteBuffer.allocate(1 + raw.length).put((byte) type.octet).put(raw).array();
    return name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(typed);
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  /** The first four octets of SHA-256(name, line end, type, key). */
  public int id() {
    return id;
  }

  /** Whether the signature says to be of this key: both name and id are its own. */
  public boolean isNamedIn(NoteSignature signature) {
    return signature.keyId() == id && signature.name().equals(name);
  }

  /** Whether this key has made the signature under this text. */
  public boolean holds(String text, NoteSignature signature) {
    if (!isNamedIn(signature)) {
      return false;
    }
    return switch (type) {
      case ED25519 -> Ed25519.holds(key, text.getBytes(StandardCharsets.UTF_8), signature.octets());
      case COSIGNATURE_V1 -> Cosignature.holds(key, text, signature);
    };
  }

  /** The whole key: two keys are the same if their text is. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey that && vkey().equals(that.vkey());
  }

  @Override
  public int hashCode() {
    return vkey().hashCode();
  }

  @Override
  public String toString() {
    return vkey();
  }

  private String hexId() {
    return HexFormat.of().toHexDigits(id);
  }

  private static Type type(String vkey, byte octet) {
    for (Type type : Type.values()) {
      if (type.octet == octet) {
        return type;
      }
    }
    throw NoteText.malformed("verifier key", Quoted.of(vkey), "a type that is not known here");
  }

  // C2SP signed-note, Signatures: key ID = SHA-256(name || 0x0A || type || key)[:4]
  private static int id(String name, Type type, byte[] raw) {
    MessageDigest digest = Sha256.digest();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update((byte) type.octet);
    return ByteBuffer.wrap(digest.digest(raw)).getInt();
  }
}
