package io.chancery.backup;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KEKRecipientInformation;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.PasswordRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKEKAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcePasswordAuthEnvelopedRecipient;

/**
 * An {@link Envelope} that is read. The content comes before the octets that prove it: nothing of
 * it may take effect until the stream has been read to its end without a complaint.
 */
final class OpenedEnvelope {
  private static final int TAG = 16;

  private OpenedEnvelope() {}

  /** The content of a message, or what is wrong with the message. */
  static InputStream open(String name, InputStream file, Unlocking unlocking) {
    try {
      CMSAuthEnvelopedDataParser message = new CMSAuthEnvelopedDataParser(file);
      mustBeAsWritten(name, message);
      List<RecipientInformation> wrapped =
          new ArrayList<>(message.getRecipientInfos().getRecipients());
      boolean tried = false;
      for (RecipientInformation one : wrapped) {
        Optional<Recipient> key = matching(name, one, unlocking);
        if (key.isPresent()) {
          tried = true;
          Optional<InputStream> content = content(one, key.get());
          if (content.isPresent()) {
            return content.get();
          }
        }
      }
      throw tried ? wrongKey(name, unlocking) : otherProtection(name, wrapped, unlocking);
    } catch (CMSException | IOException | IllegalArgumentException | ClassCastException notOne) {
      throw notABackup(name, notOne);
    }
  }

  private static void mustBeAsWritten(String name, CMSAuthEnvelopedDataParser message)
      throws IOException {
    // RFC 5084 s3.2: shorter tags are allowed there and would be easier to forge.
    if (!CMSAlgorithm.AES256_GCM.getId().equals(message.getEncAlgOID())
        || GCMParameters.getInstance(message.getEncAlgParams()).getIcvLen() != TAG) {
      throw new Failure.Malformed(
              name, "", "is not encrypted with AES-256-GCM as a backup is", "RFC 5084 s3.2")
          .thrown();
    }
  }

  private static Optional<InputStream> content(RecipientInformation one, Recipient key)
      throws IOException {
    try {
      return Optional.of(one.getContentStream(key).getContentStream());
    } catch (CMSException | IllegalArgumentException | IllegalStateException notThisKey) {
      return Optional.empty();
    }
  }

  private static Optional<Recipient> matching(
      String name, RecipientInformation wrapped, Unlocking unlocking) {
    return switch (unlocking) {
      case Unlocking.ByPassphrase(var passphrase) ->
          wrapped instanceof PasswordRecipientInformation protectedKey
              ? Optional.of(passphrase(name, protectedKey, passphrase))
              : Optional.empty();
      case Unlocking.ByRun(var key) ->
          wrapped instanceof KEKRecipientInformation
              ? Optional.of(
                  new JceKEKAuthEnvelopedRecipient(key)
                      .setProvider(Envelope.PROVIDER)
                      .setContentProvider(Envelope.PROVIDER))
              : Optional.empty();
      case Unlocking.ByKey(var key) ->
          switch (wrapped) {
            case KeyTransRecipientInformation _ when key.getAlgorithm().equals("RSA") ->
                Optional.of(
                    new JceKeyTransAuthEnvelopedRecipient(key)
                        .setProvider(Envelope.PROVIDER)
                        .setContentProvider(Envelope.PROVIDER));
            case KeyAgreeRecipientInformation _ when !key.getAlgorithm().equals("RSA") ->
                Optional.of(
                    new JceKeyAgreeAuthEnvelopedRecipient(key)
                        .setProvider(Envelope.PROVIDER)
                        .setContentProvider(Envelope.PROVIDER));
            default -> Optional.empty();
          };
    };
  }

  private static Recipient passphrase(
      String name, PasswordRecipientInformation wrapped, Passphrase passphrase) {
    PBKDF2Params asked =
        PBKDF2Params.getInstance(wrapped.getKeyDerivationAlgorithm().getParameters());
    // A hostile count would keep this machine busy for hours.
    if (asked.getIterationCount().bitLength() > 31
        || asked.getIterationCount().intValue() > 10 * Envelope.ITERATIONS) {
      throw new Failure.TooLarge(name + ": PBKDF2", 10L * Envelope.ITERATIONS, "rounds").thrown();
    }
    return new JcePasswordAuthEnvelopedRecipient(passphrase.characters())
        .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8)
        .setProvider(Envelope.PROVIDER);
  }

  private static PkiException wrongKey(String name, Unlocking unlocking) {
    return switch (unlocking) {
      case Unlocking.ByPassphrase _ ->
          new Failure.Refused(
                  "backup-passphrase",
                  name + ": this passphrase does not open it",
                  "give the passphrase of that day; where it is the right one, the file's head is"
                      + " damaged: take another copy")
              .thrown();
      case Unlocking.ByKey _, Unlocking.ByRun _ ->
          new Failure.Refused(
                  "backup-key",
                  name + ": this key is none of its recipients', or the file's head is damaged",
                  "give the private key of a certificate that the backup was made for")
              .thrown();
    };
  }

  private static PkiException otherProtection(
      String name, List<RecipientInformation> wrapped, Unlocking unlocking) {
    boolean byPassphrase =
        wrapped.stream().anyMatch(PasswordRecipientInformation.class::isInstance);
    boolean other = byPassphrase && !(unlocking instanceof Unlocking.ByPassphrase);
    return new Failure.Refused(
            "backup-key",
            name
                + (byPassphrase
                    ? ": is protected by a passphrase"
                    : ": is for the holders of certificates, and this key is of none of their"
                        + " kinds"),
            other
                ? "give the passphrase with --passphrase-file"
                : "give a recipient's private key with --key")
        .thrown();
  }

  private static PkiException notABackup(String name, Exception cause) {
    return new Failure.Malformed(name, "", "is not a backup, or its head is damaged", "RFC 5083 s2")
        .because(cause);
  }
}
