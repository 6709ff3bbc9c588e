package io.chancery.hsm;

import io.chancery.x509.KeyId;
import io.chancery.x509.SubjectPublicKey;

/** A signing key as a search of the token found it. */
record FoundKey(KeyId id, String label, KeyReference reference, SubjectPublicKey publicKey) {}
