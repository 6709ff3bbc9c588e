package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.x509.KeyAlgorithm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of one place, known by their labels: what an earlier run made is found again. */
final class KeyRing {
  private final Hsm hsm;
  private final Transcript transcript;

  KeyRing(Hsm hsm, Transcript transcript) {
    this.hsm = hsm;
    this.transcript = transcript;
  }

  Hsm hsm() {
    return hsm;
  }

  /**
   * The key of this label, made where there is none.
   *
   * @param acceptable its algorithm, the first one that the place can make
   * @param relying a paper that an earlier run wrote about this key: then it must be there
   */
  SigningKey key(String label, List<KeyAlgorithm> acceptable, Optional<Path> relying) {
    Optional<SigningKey> found = find(label, acceptable);
    if (found.isPresent()) {
      transcript.found(step(found.get()));
      return found.get();
    }
    if (relying.isPresent()) {
      throw new Failure.Conflict(
              relying.get().toString(),
              "is about a key '" + label + "' that is not in " + hsm,
              "open the token or file that was used before, or choose another folder with --out")
          .thrown();
    }
    SigningKey made = make(label, acceptable);
    transcript.done(step(made));
    return made;
  }

  /** The key of this label; one of another algorithm is refused. */
  Optional<SigningKey> find(String label, List<KeyAlgorithm> acceptable) {
    Optional<SigningKey> found =
        hsm.keys().stream().filter(key -> key.label().equals(label)).findFirst();
    found.ifPresent(
        key -> {
          KeyAlgorithm algorithm = key.publicKey().algorithm();
          if (!acceptable.contains(algorithm)) {
            throw new Failure.Conflict(
                    "key '" + label + "' in " + hsm,
                    "is " + algorithm + ", and the file wants " + words(acceptable),
                    "correct the file, or use another token")
                .thrown();
          }
        });
    return found;
  }

  static String words(List<KeyAlgorithm> acceptable) {
    return String.join(" or ", acceptable.stream().map(KeyAlgorithm::toString).toList());
  }

  private SigningKey make(String label, List<KeyAlgorithm> acceptable) {
    for (KeyAlgorithm algorithm : acceptable.subList(0, acceptable.size() - 1)) {
      try {
        return hsm.generate(algorithm, label);
      } catch (PkiException refused) {
        if (!(refused.failure() instanceof Failure.Refused)) {
          throw refused;
        }
        transcript.note(refused.failure().detail());
      }
    }
    return hsm.generate(acceptable.getLast(), label);
  }

  private Step step(SigningKey key) {
    return Step.of(
        "key '" + key.label() + "' in " + hsm,
        key.publicKey().algorithm().toString(),
        "CKA_ID " + key.id(),
        "SHA-256 of the public key " + key.publicKey().thumbprint());
  }
}
