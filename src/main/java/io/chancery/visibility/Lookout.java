package io.chancery.visibility;

import io.chancery.PkiException;
import io.chancery.inventory.StatusChanges;
import io.chancery.inventory.Transactions;
import io.chancery.x509.SerialNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks where changes can be seen. Whoever waits parks without a connection; one look in the book
 * serves all who wait.
 */
@Singleton
public final class Lookout {
  private static final Logger LOG = Logger.getLogger(Lookout.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final SeenRows seen;
  private final ReplicaRows replicas;
  private final CrlChannels crls;
  private final Jdbc jdbc;
  private final Transactions transactions;
  private final ReplicaConfig config;
  private final InstantSource clock;
  private final Map<CompletableFuture<Visibility>, SerialNumber> awaited = new HashMap<>();
  private boolean looking;

  @Inject
  Lookout(
      SeenRows seen,
      ReplicaRows replicas,
      CrlChannels crls,
      Jdbc jdbc,
      Transactions transactions,
      ReplicaConfig config,
      InstantSource clock) {
    this.seen = seen;
    this.replicas = replicas;
    this.crls = crls;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /** As it is now. */
  public Visibility of(SerialNumber serial) {
    return of(List.of(serial)).getFirst();
  }

  /** As it is when everyone can see it, or after {@code most}; for virtual threads. */
  public Visibility await(SerialNumber serial, Duration most) {
    Visibility now = of(serial);
    if (now.isEverywhere() || most.isZero()) {
      return now;
    }
    CompletableFuture<Visibility> promise = promise(serial);
    try {
      return promise.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException enough) {
      return of(serial);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return now;
    } finally {
      forget(promise);
    }
  }

  private List<Visibility> of(Collection<SerialNumber> serials) {
    return transactions.call(
        () -> {
          Map<SerialNumber, StatusChanges.Newest> changes =
              jdbc.call(connection -> StatusChanges.newest(connection, serials)).stream()
                  .collect(Collectors.toMap(newest -> newest.change().serial(), newest -> newest));
          Map<SerialNumber, List<SeenRows.Kept>> kept =
              seen.of(serials).stream()
                  .collect(Collectors.groupingBy(one -> one.version().serial()));
          List<Replica> live = replicas.all().stream().filter(Replica::isLive).toList();
          return serials.stream()
              .map(
                  serial ->
                      visibility(
                          serial,
                          Optional.ofNullable(changes.get(serial)),
                          kept.getOrDefault(serial, List.of()),
                          live))
              .toList();
        });
  }

  private Visibility visibility(
      SerialNumber serial,
      Optional<StatusChanges.Newest> change,
      List<SeenRows.Kept> kept,
      List<Replica> live) {
    List<Visibility.Sight> sights = new ArrayList<>();
    change.ifPresent(
        newest -> {
          Instant remembered = clock.instant().minus(config.sightings());
          Sights look = new Sights(newest, kept, remembered);
          live.forEach(replica -> sights.add(look.of(replica)));
          crls.of(newest.change()).forEach(channel -> sights.add(look.of(channel)));
        });
    return new Visibility(serial, change.map(StatusChanges.Newest::change), sights);
  }

  /** What was seen of one change. */
  private record Sights(StatusChanges.Newest newest, List<SeenRows.Kept> kept, Instant remembered) {
    Visibility.Sight of(Replica replica) {
      Visibility.Sight sight = sight(replica.channel().text(), Optional.of(replica.name()));
      // It has read the book after the change stood there.
      boolean fromItsStart =
          sight.state() == Visibility.State.PENDING
              && newest.transaction() < replica.fromTransaction();
      return fromItsStart
          ? new Visibility.Sight(
              sight.channel(),
              sight.replica(),
              sight.crlNumber(),
              Visibility.State.VISIBLE,
              Optional.of(replica.startedAt()))
          : sight;
    }

    Visibility.Sight of(String channel) {
      return sight(channel, Optional.empty());
    }

    private Visibility.Sight sight(String channel, Optional<String> replica) {
      Optional<SeenRows.Kept> first =
          kept.stream()
              .filter(one -> one.channel().equals(channel))
              .filter(one -> one.version().version() >= newest.change().version())
              .findFirst();
      boolean visible = first.isPresent() || newest.change().at().isBefore(remembered);
      return new Visibility.Sight(
          channel,
          replica,
          first.map(SeenRows.Kept::crlNumber).orElse(OptionalLong.empty()),
          visible ? Visibility.State.VISIBLE : Visibility.State.PENDING,
          first.map(SeenRows.Kept::at));
    }
  }

  private CompletableFuture<Visibility> promise(SerialNumber serial) {
    synchronized (awaited) {
      CompletableFuture<Visibility> promise = new CompletableFuture<>();
      awaited.put(promise, serial);
      if (!looking) {
        looking = true;
        Thread.ofVirtual().name("lookout").start(this::lookForAll);
      }
      return promise;
    }
  }

  private void forget(CompletableFuture<Visibility> promise) {
    synchronized (awaited) {
      awaited.remove(promise);
    }
  }

  private void lookForAll() {
    Set<SerialNumber> serials = serials();
    while (!serials.isEmpty()) {
      try {
        of(serials).stream().filter(Visibility::isEverywhere).forEach(this::tell);
      } catch (PkiException away) {
        LOG.debugf("whoever waits goes on waiting: %s", away.getMessage());
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
      serials = serials();
    }
  }

  private Set<SerialNumber> serials() {
    synchronized (awaited) {
      looking = !awaited.isEmpty();
      return Set.copyOf(awaited.values());
    }
  }

  private void tell(Visibility visibility) {
    synchronized (awaited) {
      awaited.forEach(
          (promise, serial) -> {
            if (serial.equals(visibility.serial())) {
              promise.complete(visibility);
            }
          });
    }
  }
}
