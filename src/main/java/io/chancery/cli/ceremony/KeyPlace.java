package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.TokenChoice;
import io.chancery.hsm.Tokens;
import java.util.Optional;

/** Opens tokens; a blank one becomes ours where the file says so. */
final class KeyPlace {
  private KeyPlace() {}

  static Hsm open(TokenSpec spec, Transcript transcript) {
    HsmConfig config = HsmConfig.load(spec.hsmYaml());
    Optional<String> blank = labelToInitialize(spec, config);
    if (blank.isPresent() && spec.soPinFile().isPresent()) {
      Tokens.Found made =
          Tokens.initialize(
              config.modules(),
              config.environment(),
              blank.get(),
              spec.soPinFile().get(),
              config.pinFile());
      transcript.done(Step.of("token '" + made.label() + "'", "serial number " + made.serial()));
    }
    return Pkcs11Hsm.open(config);
  }

  /** The label of a token that is to be initialized; empty where there is one to open. */
  static Optional<String> labelToInitialize(TokenSpec spec, HsmConfig config) {
    if (spec.soPinFile().isEmpty()) {
      return Optional.empty();
    }
    return switch (config.token()) {
      case TokenChoice.ByLabel(String label) ->
          Tokens.list(config.modules(), config.environment()).stream()
                  .anyMatch(token -> token.initialized() && token.label().equals(label))
              ? Optional.empty()
              : Optional.of(label);
      case TokenChoice.BySerial bySerial -> throw unnamed(spec);
      case TokenChoice.BySlot bySlot -> throw unnamed(spec);
    };
  }

  private static RuntimeException unnamed(TokenSpec spec) {
    return new Failure.Misconfigured(
            spec.hsmYaml().toString(),
            "names no label, and so-pin-file asks for a token to be initialized under it",
            "choose the token by its label, or take so-pin-file out of the ceremony file")
        .thrown();
  }
}
