package io.chancery.x509;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes certification requests (RFC 2986) for keys of one's own, as a client does. */
public final class CsrMaker {
  private CsrMaker() {}

  /** A request for {@code subject} and {@code names}, signed with the key as its proof. */
  public static Der make(KeyPair key, DistinguishedName subject, List<SubjectAltName> names) {
    GeneralName[] encoded = names.stream().map(GeneralNameText::write).toArray(GeneralName[]::new);
    return make(key, subject.toX500Name(), new GeneralNames(encoded));
  }

  /** A request for a new key under the subject and the names of {@code certificate}. */
  public static Der renew(KeyPair key, Der certificate) {
    try {
      X509CertificateHolder old = new X509CertificateHolder(certificate.octets());
      Extension names = old.getExtension(Extension.subjectAlternativeName);
      return make(
          key,
          old.getSubject(),
          names == null
              ? new GeneralNames(new GeneralName[0])
              : GeneralNames.getInstance(names.getParsedValue()));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new Failure.Malformed("certificate", "", "cannot be read", "RFC 5280 s4.1")
          .because(unreadable);
    }
  }

  private static Der make(KeyPair key, X500Name subject, GeneralNames names) {
    var builder = new JcaPKCS10CertificationRequestBuilder(subject, key.getPublic());
    try {
      if (names.getNames().length > 0) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, names);
        // RFC 2985 s5.4.2: extensions travel in the extensionRequest attribute.
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      KeyAlgorithm algorithm = SubjectPublicKey.of(key.getPublic()).algorithm();
      var signer =
          new JcaContentSignerBuilder(SignatureAlgorithm.fittingTo(algorithm).jcaName())
              .build(key.getPrivate());
      return Der.of(builder.build(signer).getEncoded());
    } catch (IOException | OperatorCreationException cannot) {
      throw unmakeable(cannot);
    }
  }

  private static PkiException unmakeable(Exception cause) {
    return new Failure.Malformed(
            "certification request", "", "cannot be made with this key", "RFC 2986 s4")
        .because(cause);
  }
}
