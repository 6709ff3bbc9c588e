package io.chancery.cli.bench;

import io.chancery.Failure;
import io.chancery.cli.bench.crowd.Answers;
import io.chancery.cli.bench.crowd.Asks;
import io.chancery.cli.bench.crowd.Course;
import io.chancery.cli.bench.crowd.Door;
import io.chancery.cli.bench.crowd.Drive;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.x509.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An instance that certificates are asked of, and what they cost it. */
public final class Station implements AutoCloseable {
  static final String PROFILE = "tls-client";

  /** What would refuse the benchmark's requests: nobody asks so much in earnest. */
  static final Map<String, String> NO_LIMITS =
      Map.of(
          "chancery.brake.pause-profile-at", "0",
          "chancery.limits.per-minute", "1000000",
          "chancery.limits.burst", "1000000",
          "chancery.rates.address-per-minute", "0",
          "chancery.rates.caller-per-minute", "0",
          "chancery.rates.organization-per-minute", "0");

  /** More than a round can need by this factor are made before it. */
  private static final double SPARE = 1.6;

  private final Child child;
  private final LocalDatabase database;
  private final Door door;
  private final Asks asks;
  private final Consumer<String> progress;
  private double rate = 200;

  private Station(Child child, Consumer<String> progress) {
    this.child = child;
    this.progress = progress;
    this.database = LocalDatabase.running(child.data());
    int port = URI.create(child.addresses().https()).getPort();
    this.door = Door.of(port, certificates(child.data().rootCertificate()));
    this.asks =
        new Asks(door, PROFILE, Optional.of(child.data().readSecret(child.data().enrolToken())));
  }

  static Station start(Path folder, Consumer<String> progress) {
    return start(folder, Map.of(), progress);
  }

  /**
   * @param more configuration beside that of all stations
   */
  public static Station start(Path folder, Map<String, String> more, Consumer<String> progress) {
    Map<String, String> settings = new HashMap<>(NO_LIMITS);
    settings.put("chancery.canary.every", "off");
    settings.put("chancery.filter.every", "off");
    settings.putAll(more);
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
    } catch (IOException cannot) {
      throw unusable(folder, cannot);
    }
    Child child = Child.start(folder, settings);
    try {
      progress.accept("instance: up after %.1f s".formatted(child.startSeconds()));
      return new Station(child, progress);
    } catch (RuntimeException | Error cannot) {
      child.close();
      throw cannot;
    }
  }

  public Child child() {
    return child;
  }

  public LocalDatabase database() {
    return database;
  }

  Door door() {
    return door;
  }

  /** The enrolment token's requests. */
  Asks asks() {
    return asks;
  }

  /** So many certificates that do not count. */
  public void warmUp(int many, int hands) {
    for (int done = 0; done < many; ) {
      int part = Math.min(many - done, 5_000);
      Spent warm = issue(Course.many(hands, part));
      done += part;
      progress.accept(
          "warmth: %,d certificates, %.0f/s".formatted(done, warm.answers().perSecond()));
    }
  }

  /** Asks with an enrolment token; what the course can need of requests is made before. */
  public Spent issue(Course course) {
    return issue(asks, course);
  }

  /** The same for somebody else's requests. */
  Spent issue(Asks whose, Course course) {
    double seconds = course.length().toMillis() / 1e3;
    double needed =
        course.isPaced()
            ? course.perSecond() * seconds + 1
            : Math.min(course.most(), SPARE * rate * seconds);
    whose.fill((int) needed + course.hands());
    Spent spent = spent(() -> Drive.run(whose::next, course));
    if (!course.isPaced() && whose == asks) {
      rate = Math.max(rate, spent.answers().perSecond());
    }
    return spent;
  }

  /** What the service and its database use while something asks it. */
  Spent spent(Supplier<Answers> asking) {
    double application = child.cpuSeconds();
    double before = child.databaseCpuSeconds();
    Answers answers = asking.get();
    Spent spent =
        new Spent(answers, child.cpuSeconds() - application, child.databaseCpuSeconds() - before);
    if (answers.failed() > 0) {
      progress.accept(
          "%,d of %,d were not served; the first: %s"
              .formatted(answers.failed(), answers.failed() + answers.good(), answers.failure()));
    }
    if (answers.good() == 0) {
      throw new Failure.Misconfigured(
              "https port " + door.port(),
              "nobody got a certificate; the first was told " + answers.failure(),
              "look at " + child.data().serviceLog() + "; keep the folder with --data")
          .thrown();
    }
    return spent;
  }

  /** Waits until what comes after issuing is done: answers made ahead, the roll's tree. */
  public boolean rest(Duration most) {
    return child.rest(most);
  }

  @Override
  public void close() {
    database.close();
    child.close();
  }

  private static List<X509Certificate> certificates(Path file) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> found = new ArrayList<>();
      for (var der : Pem.decode(Pem.CERTIFICATE, Files.readString(file))) {
        found.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.octets())));
      }
      return found;
    } catch (IOException | GeneralSecurityException cannot) {
      throw unusable(file, cannot);
    }
  }

  private static RuntimeException unusable(Path where, Exception cannot) {
    return new Failure.Misconfigured(
            where.toString(), "cannot be used: " + cannot, "give an empty folder with --data")
        .because(cannot);
  }
}
