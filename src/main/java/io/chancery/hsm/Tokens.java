package io.chancery.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_TOKEN_INFO;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import io.chancery.Failure;
import io.chancery.Quoted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** The tokens that a module shows, and the making of a new one. */
public final class Tokens {
  private static final Pattern LABEL = Pattern.compile("[ -~]{1,32}");

  private Tokens() {}

  /** One slot with a token in it; {@code initialized} is false for a blank one. */
  public record Found(
      long slot, String label, String serial, String model, boolean initialized, long flags) {
    boolean flagged(long flag) {
      return (flags & flag) != 0;
    }

    /** For a message. */
    public String words() {
      return Quoted.of(label) + " (serial number " + serial + ", slot " + slot + ")";
    }
  }

  /** Every token of the module, blank ones too. */
  public static List<Found> list(List<Path> modules, Map<String, String> environment) {
    Pkcs11Module module = Pkcs11Module.of(modules, environment);
    try {
      return module.call(Tokens::list);
    } catch (PKCS11Exception problem) {
      throw unavailable("its tokens cannot be listed", problem);
    }
  }

  /**
   * Makes a blank token ours: C_InitToken, then C_InitPIN. A token that is initialized already is
   * never touched; a label that another token carries is refused.
   */
  public static Found initialize(
      List<Path> modules,
      Map<String, String> environment,
      String label,
      Path soPinFile,
      Path userPinFile) {
    if (!LABEL.matcher(label).matches()) {
      throw new Failure.Malformed(
              "token label",
              "",
              Quoted.of(label) + " is not 1 to 32 printable ASCII characters",
              "PKCS#11 s5.5 C_InitToken")
          .thrown();
    }
    Pkcs11Module module = Pkcs11Module.of(modules, environment);
    try (Secret soPin = Secret.read(soPinFile);
        Secret userPin = Secret.read(userPinFile)) {
      return module.callAlone(cryptoki -> initialize(cryptoki, label, soPin, userPin));
    } catch (PKCS11Exception problem) {
      throw unavailable("the token " + Quoted.of(label) + " cannot be initialized", problem);
    }
  }

  static List<Found> list(PKCS11 cryptoki) throws PKCS11Exception {
    List<Found> found = new ArrayList<>();
    for (long slot : cryptoki.C_GetSlotList(true)) {
      CK_TOKEN_INFO info = cryptoki.C_GetTokenInfo(slot);
      found.add(
          new Found(
              slot,
              unpadded(info.label),
              unpadded(info.serialNumber),
              unpadded(info.model),
              (info.flags & PKCS11Constants.CKF_TOKEN_INITIALIZED) != 0,
              info.flags));
    }
    return found;
  }

  private static Found initialize(PKCS11 cryptoki, String label, Secret soPin, Secret userPin)
      throws PKCS11Exception {
    List<Found> before = list(cryptoki);
    if (before.stream().anyMatch(token -> token.initialized() && token.label().equals(label))) {
      throw new Failure.Conflict(
              "token " + Quoted.of(label), "is already initialized", "choose another label")
          .thrown();
    }
    Found blank =
        before.stream()
            .filter(token -> !token.initialized())
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure.Conflict(
                            "this module",
                            "has no blank token",
                            "make one with the vendor's tool, or erase one that is not needed")
                        .thrown());
    cryptoki.C_InitToken(blank.slot(), soPin.characters(), padded(label), true);
    // A crash here leaves a token without a user PIN: a second run is refused by its label.
    setUserPin(cryptoki, blank.slot(), soPin, userPin);
    return list(cryptoki).stream()
        .filter(token -> token.slot() == blank.slot())
        .findFirst()
        .orElse(blank);
  }

  private static void setUserPin(PKCS11 cryptoki, long slot, Secret soPin, Secret userPin)
      throws PKCS11Exception {
    long session = cryptoki.C_OpenSession(slot, TokenConnection.READ_WRITE, null, null);
    try {
      cryptoki.C_Login(session, PKCS11Constants.CKU_SO, soPin.characters(), true);
      cryptoki.C_InitPIN(session, userPin.characters(), true);
      cryptoki.C_Logout(session);
    } finally {
      cryptoki.C_CloseSession(session);
    }
  }

  private static String unpadded(char[] text) {
    return new String(text).replace('\0', ' ').strip();
  }

  private static char[] padded(String label) {
    return String.format("%-32s", label).toCharArray();
  }

  private static RuntimeException unavailable(String what, PKCS11Exception problem) {
    return new Failure.Unavailable("HSM", what + ": " + Ckr.name(problem), Duration.ofSeconds(2))
        .because(problem);
  }
}
