package io.chancery.issuance;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a ceremony left behind: the issuers with their certificates, and which keys are whose. */
public record AuthorityFile(List<Entry> issuers, KeyId ledgerKey) {
  /**
   * One issuer.
   *
   * @param chain the certificate's own issuers, upwards, the root last
   * @param responderKey the key that answers OCSP for it, whose certificate is made in service;
   *     empty where the issuer's own key does
   */
  public record Entry(
      IssuerName name,
      IssuedCertificate certificate,
      List<IssuedCertificate> chain,
      KeyId key,
      Optional<KeyId> responderKey) {
    public Entry {
      chain = List.copyOf(chain);
    }
  }

  private static final ObjectReader YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(Written.class);

  public AuthorityFile {
    issuers = List.copyOf(issuers);
  }

  /** Reads an {@code authority.yaml}; whatever is wrong with it is one line of {@code where}. */
  public static AuthorityFile load(Path file) {
    Written written = read(file);
    if (written.issuers().isEmpty()) {
      throw wrong(file, "issuers is empty", "run the ceremony, or name an issuer").thrown();
    }
    Set<String> names = new HashSet<>();
    for (WrittenIssuer issuer : written.issuers()) {
      if (!names.add(issuer.name())) {
        throw wrong(file, "two issuers named " + Quoted.of(issuer.name()), "give each its own name")
            .thrown();
      }
    }
    try {
      return new AuthorityFile(
          written.issuers().stream().map(issuer -> entry(file, issuer)).toList(),
          KeyId.parse(written.ledgerKey()));
    } catch (PkiException malformed) {
      throw misconfigured(file, malformed);
    }
  }

  /** The file as the operator wrote it. */
  private record Written(
      @JsonProperty(required = true) List<WrittenIssuer> issuers,
      @JsonProperty(required = true) String ledgerKey) {}

  private record WrittenIssuer(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String certificate,
      @JsonProperty(required = true) List<String> chain,
      @JsonProperty(required = true) String key,
      Optional<String> responderKey) {}

  private static Written read(Path file) {
    try {
      return YAML.readValue(Files.readAllBytes(file));
    } catch (JsonProcessingException notAsAgreed) {
      throw wrong(file, told(notAsAgreed), "see docs/configuration.md for what stands in it")
          .because(notAsAgreed);
    } catch (IOException away) {
      throw wrong(file, "cannot be read", "check that it exists and who may read it").because(away);
    }
  }

  /** The reader's message in one line of ours: which key, or where. */
  private static String told(JsonProcessingException problem) {
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return "unknown key " + Quoted.of(unknown.getPropertyName());
    }
    JsonLocation at = problem.getLocation();
    String line = at == null ? "" : "line " + at.getLineNr() + ": ";
    String reason = problem.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return line + Quoted.of(reason.replace('\'', '"'));
  }

  private static Entry entry(Path file, WrittenIssuer issuer) {
    KeyId own = KeyId.parse(issuer.key());
    return new Entry(
        new IssuerName(issuer.name()),
        certificate(file, issuer.certificate()),
        issuer.chain().stream().map(path -> certificate(file, path)).toList(),
        own,
        issuer.responderKey().map(KeyId::parse).filter(key -> !key.equals(own)));
  }

  private static IssuedCertificate certificate(Path file, String path) {
    Path pem = file.toAbsolutePath().resolveSibling(path);
    try {
      return IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, Files.readString(pem)));
    } catch (PkiException malformed) {
      throw misconfigured(pem, malformed);
    } catch (IOException away) {
      throw wrong(
              file,
              "the certificate file " + Quoted.of(path) + " cannot be read",
              "put it beside the file, or correct the path")
          .because(away);
    }
  }

  private static PkiException misconfigured(Path where, PkiException found) {
    if (found.failure() instanceof Failure.Misconfigured) {
      return found;
    }
    return wrong(where, found.failure().detail(), "correct the file").because(found);
  }

  private static Failure wrong(Path file, String reason, String remedy) {
    return new Failure.Misconfigured(file.getFileName().toString(), reason, remedy);
  }
}
