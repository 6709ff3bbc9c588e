package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.PkiException;
import java.util.List;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Finds the one token that an hsm.yaml means. */
final class TokenFinder {
  private final HsmConfig config;

  TokenFinder(HsmConfig config) {
    this.config = config;
  }

  /** The token, or a refusal that tells what the module shows instead. */
  Tokens.Found mustFind(PKCS11 cryptoki) throws PKCS11Exception {
    List<Tokens.Found> shown = Tokens.list(cryptoki);
    return meant(shown)
        .orElseThrow(
            () ->
                misconfigured(
                    "no token has " + config.token().words() + "; there are " + words(shown),
                    "correct 'token', or initialize the token"));
  }

  /** The token; one that was here and is not is away, which is no mistake of the operator. */
  Tokens.Found find(PKCS11 cryptoki) throws PKCS11Exception {
    return meant(Tokens.list(cryptoki))
        .orElseThrow(() -> new PKCS11Exception(PKCS11Constants.CKR_TOKEN_NOT_PRESENT));
  }

  private Optional<Tokens.Found> meant(List<Tokens.Found> shown) {
    List<Tokens.Found> meant = shown.stream().filter(this::isMeant).toList();
    if (meant.size() > 1) {
      throw misconfigured(
          "several tokens have " + config.token().words() + ": " + words(meant),
          "choose by serial number: token: {serial: ...}");
    }
    return meant.stream().findFirst();
  }

  private boolean isMeant(Tokens.Found token) {
    return token.initialized()
        && switch (config.token()) {
          case TokenChoice.ByLabel(String label) -> token.label().equals(label);
          case TokenChoice.BySerial(String serial) -> token.serial().equals(serial);
          case TokenChoice.BySlot(long slot) -> token.slot() == slot;
        };
  }

  private static String words(List<Tokens.Found> tokens) {
    List<String> named =
        tokens.stream().filter(Tokens.Found::initialized).map(Tokens.Found::words).toList();
    return named.isEmpty() ? "none" : String.join(", ", named);
  }

  private PkiException misconfigured(String reason, String remedy) {
    return new Failure.Misconfigured(config.file().toString(), reason, remedy).thrown();
  }
}
