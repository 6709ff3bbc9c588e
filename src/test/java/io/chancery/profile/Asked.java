package io.chancery.profile;

import io.chancery.x509.Csr;
import io.chancery.x509.Csr.RequestedExtension;
import io.chancery.x509.Der;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.SubjectAltName;
import io.chancery.x509.SubjectPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A request in the making: a plain one for a.internal.test, changed step by step. */
record Asked(
    DistinguishedName subject,
    List<SubjectAltName> inCsr,
    KeyAlgorithm key,
    List<RequestedExtension> extensions,
    List<SubjectAltName> names,
    Optional<Duration> validity,
    Allowance allowance) {
  static final Profiles SHIPPED = Profiles.shipped();

  static Asked plain() {
    return new Asked(
        DistinguishedName.EMPTY,
        names("dns:a.internal.test"),
        KeyAlgorithm.EC_P256,
        List.of(),
        List.of(),
        Optional.empty(),
        allowance("dns:internal.test", "ip:10.0.0.0/8", "uri:spiffe://bank/", "email:bank.test"));
  }

  static Allowance allowance(String... patterns) {
    return new Allowance(Set.of(), Arrays.stream(patterns).map(NamePattern::new).toList());
  }

  static List<SubjectAltName> names(String... names) {
    return Arrays.stream(names).map(SubjectAltName::parse).toList();
  }

  static Profile shipped(String name) {
    return SHIPPED.named(new ProfileName(name));
  }

  Asked subject(String text) {
    return new Asked(
        DistinguishedName.parse(text), inCsr, key, extensions, names, validity, allowance);
  }

  Asked inCsr(String... inCsr) {
    return new Asked(subject, names(inCsr), key, extensions, names, validity, allowance);
  }

  Asked noNames() {
    return inCsr(new String[0]);
  }

  Asked key(String text) {
    return new Asked(
        subject, inCsr, KeyAlgorithm.parse(text), extensions, names, validity, allowance);
  }

  Asked extension(String oid, String hex) {
    return with(new RequestedExtension(oid, false, Der.of(HexFormat.of().parseHex(hex))));
  }

  Asked critical(String oid, String hex) {
    return with(new RequestedExtension(oid, true, Der.of(HexFormat.of().parseHex(hex))));
  }

  private Asked with(RequestedExtension extension) {
    return new Asked(
        subject,
        inCsr,
        key,
        Stream.concat(extensions.stream(), Stream.of(extension)).toList(),
        names,
        validity,
        allowance);
  }

  Asked instead(String... names) {
    return new Asked(subject, inCsr, key, extensions, names(names), validity, allowance);
  }

  Asked validity(Duration length) {
    return new Asked(subject, inCsr, key, extensions, names, Optional.of(length), allowance);
  }

  Asked allowed(String... patterns) {
    return new Asked(subject, inCsr, key, extensions, names, validity, allowance(patterns));
  }

  Asked narrowed(String... patterns) {
    Allowance narrow =
        new Allowance(allowance.profiles(), allowance.names(), allowance(patterns).names());
    return new Asked(subject, inCsr, key, extensions, names, validity, narrow);
  }

  Asked profiles(String... profiles) {
    Set<ProfileName> named = Set.copyOf(Arrays.stream(profiles).map(ProfileName::new).toList());
    return new Asked(
        subject, inCsr, key, extensions, names, validity, new Allowance(named, allowance.names()));
  }

  Request request() {
    Csr csr =
        new Csr(
            Der.of(new byte[0]),
            subject,
            inCsr,
            new SubjectPublicKey(key, Der.of(new byte[0])),
            extensions);
    return new Request(csr, names, validity, allowance);
  }
}
