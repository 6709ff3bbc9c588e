package io.chancery.ocsp;

import io.chancery.Failure;
import io.chancery.issuance.AnswerForm;
import io.chancery.issuance.AnswerSigner;
import io.chancery.issuance.CertId;
import io.chancery.issuance.CertIdStem;
import io.chancery.issuance.Issuer;
import io.chancery.issuance.Issuers;
import io.chancery.issuance.OcspHash;
import io.chancery.issuance.SingleAnswer;
import io.chancery.issuance.Statement;
import io.chancery.x509.SerialNumber;
import io.chancery.x509.SignatureAlgorithm;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From a request to a signed answer, with the book and the token at hand. */
@Singleton
final class Responder implements OcspDesk {
  private static final int MOST_ON_DEMAND = 20_000;
  private static final int MOST_NEVER_ISSUED = 2_000;

  private final Issuers issuers;
  private final Responders responders;
  private final Statuses statuses;
  private final AnswerShelf shelf;
  private final OcspConfig config;
  private final InstantSource clock;
  private final List<CertIdStem> stems;
  private final OnDemand onDemand = new OnDemand(MOST_ON_DEMAND);

  /** Apart: whoever invents serials pushes nobody else's answer out. */
  private final OnDemand neverIssued = new OnDemand(MOST_NEVER_ISSUED);

  @Inject
  Responder(
      Issuers issuers,
      Responders responders,
      Statuses statuses,
      AnswerShelf shelf,
      OcspConfig config,
      InstantSource clock) {
    this.issuers = issuers;
    this.responders = responders;
    this.statuses = statuses;
    this.shelf = shelf;
    this.config = config;
    this.clock = clock;
    this.stems =
        issuers.all().stream()
            .flatMap(
                issuer ->
                    Arrays.stream(OcspHash.values())
                        .map(hash -> CertIdStem.of(issuer.name(), issuer.certificate(), hash)))
            .toList();
  }

  @Override
  public List<CertIdStem> stems() {
    return stems;
  }

  @Override
  public Answer answer(OcspRequest request) {
    Issuer issuer = issuerOf(request);
    Optional<OcspHash> hash = OcspHash.ofOid(request.ids().getFirst().hashOid());
    if (request.ids().size() > 1 || hash.isEmpty() || !request.preferred().isEmpty()) {
      return several(issuer, request);
    }
    CertId id = request.ids().getFirst();
    return request.nonce().isPresent()
        ? fresh(issuer, hash.get(), id, request.nonce())
        : onDemand(issuer, hash.get(), id);
  }

  /** RFC 5019 s2.2.3: a responder that is not authoritative for the certificate: unauthorized. */
  private Issuer issuerOf(OcspRequest request) {
    Issuer found = null;
    for (CertId id : request.ids()) {
      Issuer issuer =
          issuers
              .matching(id.hashOid(), id.nameHash(), id.keyHash())
              .orElseThrow(
                  () -> new Failure.Forbidden("this issuer", "its own responder").thrown());
      // One signature covers all answers, and a delegated responder speaks for one issuer.
      if (found != null && !found.name().equals(issuer.name())) {
        throw new Failure.Forbidden("several issuers in one request", "one issuer").thrown();
      }
      found = issuer;
    }
    if (found == null) {
      throw new IllegalStateException("the parser lets no empty request through");
    }
    return found;
  }

  /** Signed for this client and its nonce. */
  private Answer fresh(Issuer issuer, OcspHash hash, CertId id, Optional<byte[]> nonce) {
    Statuses.Known known = statuses.of(issuer.name(), id.serial());
    AnswerSigner signer = responders.signer(issuer);
    AnswerForm form = signer.form(hash);
    Statement said = statement(signer, id.serial().toByteArray(), known, nonce);
    byte[] body = form.body(said);
    return new Answer(
        form.whole(body, signer.signFresh(body)),
        Answer.Keeping.NEVER,
        said.thisUpdate(),
        said.nextUpdate());
  }

  /** Signed once for everybody who asks the same. */
  private Answer onDemand(Issuer issuer, OcspHash hash, CertId id) {
    byte[] serial = id.serial().toByteArray();
    OnDemand.Key key = new OnDemand.Key(issuer.name(), hash, id.serial().toString(16));
    long now = clock.instant().getEpochSecond();
    Optional<OnDemand.Made> made =
        onDemand
            .find(key, now)
            .or(() -> neverIssued.find(key, now))
            .filter(one -> !statuses.isOutdated(serial, one.version()));
    if (made.isPresent()) {
      return made.get().answer();
    }
    Statuses.Known known = statuses.of(issuer.name(), id.serial());
    AnswerSigner signer = responders.signer(issuer);
    AnswerForm form = signer.form(hash);
    Statement said = statement(signer, serial, known, Optional.empty());
    byte[] body = form.body(said);
    byte[] signature = signer.signKept(body);
    Answer answer =
        new Answer(
            form.whole(body, signature),
            known.wasIssued() ? Answer.Keeping.SHARED : Answer.Keeping.BRIEFLY,
            said.thisUpdate(),
            said.nextUpdate());
    if (!known.wasIssued()) {
      long until = now + config.cacheableNever().toSeconds();
      neverIssued.put(key, new OnDemand.Made(answer, known.version(), until));
    } else {
      // Half its life is left to those who get it last.
      long until = said.thisUpdate() + (said.nextUpdate() - said.thisUpdate()) / 2;
      onDemand.put(key, new OnDemand.Made(answer, known.version(), until));
      if (hash == OcspHash.SHA1 && said.archiveCutoff().isEmpty()) {
        keep(signer, form, known, id, said, signature);
      }
    }
    return answer;
  }

  /** What was asked for once goes on the shelf; the next one need not wait. */
  private void keep(
      AnswerSigner signer,
      AnswerForm form,
      Statuses.Known known,
      CertId id,
      Statement said,
      byte[] signature) {
    shelf.put(
        KeptAnswer.of(
            new KeptAnswer.Facts(
                new SerialNumber(id.serial()), known.version(), known.status(), known.notAfter()),
            new KeptAnswer.Period(
                Instant.ofEpochSecond(said.thisUpdate()), Instant.ofEpochSecond(said.nextUpdate())),
            shelf.forms().number(key(signer), () -> form),
            signature));
  }

  /** The shelf's name for who signs. */
  static AnswerForms.Key key(AnswerSigner signer) {
    return new AnswerForms.Key(
        signer.issuer(), signer.delegate().map(one -> one.serial().hex()).orElse(""));
  }

  private Statement statement(
      AnswerSigner signer, byte[] serial, Statuses.Known known, Optional<byte[]> nonce) {
    Instant now = clock.instant();
    return new Statement(
        serial,
        known.status(),
        known.at().getEpochSecond(),
        nextUpdate(signer, now).getEpochSecond(),
        nonce.isPresent() || archiveCutoff(known, now).isPresent()
            ? now.getEpochSecond()
            : known.at().getEpochSecond(),
        archiveCutoff(known, now).map(Instant::getEpochSecond),
        nonce);
  }

  /** Any other shape: several ids, or a signature algorithm that the client prefers. */
  private Answer several(Issuer issuer, OcspRequest request) {
    Instant now = clock.instant();
    AnswerSigner signer = responders.signer(issuer);
    Instant nextUpdate = nextUpdate(signer, now);
    List<SingleAnswer> answers = new ArrayList<>(request.ids().size());
    boolean allIssued = true;
    for (CertId id : request.ids()) {
      Statuses.Known known = statuses.of(issuer.name(), id.serial());
      allIssued &= known.wasIssued();
      answers.add(
          new SingleAnswer(id, known.status(), known.at(), nextUpdate, archiveCutoff(known, now)));
    }
    // RFC 6960 s4.4.7.2.2: where no wish can be met, the key's own algorithm.
    SignatureAlgorithm algorithm = signer.firstOf(request.preferred()).orElse(signer.algorithm());
    Answer.Keeping keeping =
        request.nonce().isPresent()
            ? Answer.Keeping.NEVER
            : allIssued ? Answer.Keeping.SHARED : Answer.Keeping.BRIEFLY;
    return new Answer(
        signer.sign(answers, now, request.nonce(), algorithm).octets(),
        keeping,
        now.getEpochSecond(),
        nextUpdate.getEpochSecond());
  }

  private Instant nextUpdate(AnswerSigner signer, Instant now) {
    Instant next = now.plus(config.lifetime());
    return next.isAfter(signer.end()) ? signer.end() : next;
  }

  /** RFC 6960 s4.4.4: said of certificates that have ended. */
  private Optional<Instant> archiveCutoff(Statuses.Known known, Instant now) {
    return known.wasIssued() && known.notAfter().isBefore(now)
        ? Optional.of(now.minus(config.archive()))
        : Optional.empty();
  }
}
