package io.chancery.approval;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * An answer that is asked for all the time, and is given as it was a short while before somebody
 * came for it. When it is older one asks again, and who comes meanwhile has what that one is told,
 * answer or failure, and does not ask as well.
 *
 * @param <T> the answer
 */
final class Recently<T> {
  private final long age;
  private final Supplier<T> question;
  private volatile Optional<Answer<T>> last = Optional.empty();

  /** What those wait for who come while one asks. */
  private Optional<CompletableFuture<Answer<T>>> asking = Optional.empty();

  private record Answer<T>(long asked, T value) {}

  /**
   * @param age how old an answer may be, from when it was asked for
   */
  Recently(Duration age, Supplier<T> question) {
    this.age = age.toNanos();
    this.question = question;
  }

  T answer() {
    long came = System.nanoTime();
    Optional<Answer<T>> found = recentFor(came, last);
    while (found.isEmpty()) {
      // What another has asked for long ago is no answer for one who comes now.
      found = recentFor(came, Optional.of(askOrWait(came)));
    }
    return found.get().value();
  }

  private Optional<Answer<T>> recentFor(long came, Optional<Answer<T>> known) {
    return known.filter(one -> came - one.asked() <= age);
  }

  private Answer<T> askOrWait(long came) {
    CompletableFuture<Answer<T>> mine = new CompletableFuture<>();
    Optional<CompletableFuture<Answer<T>>> others;
    synchronized (this) {
      others = asking;
      asking = others.or(() -> Optional.of(mine));
    }
    return others.isPresent() ? told(others.get()) : ask(came, mine);
  }

  private Answer<T> ask(long came, CompletableFuture<Answer<T>> waiting) {
    try {
      Answer<T> answer =
          recentFor(came, last)
              .orElseGet(
                  () -> {
                    long asked = System.nanoTime();
                    return new Answer<>(asked, question.get());
                  });
      last = Optional.of(answer);
      waiting.complete(answer);
      return answer;
    } catch (RuntimeException failed) {
      waiting.completeExceptionally(failed);
      throw failed;
    } finally {
      synchronized (this) {
        asking = Optional.empty();
      }
      // Only an error of the machine leaves nothing behind.
      waiting.cancel(false);
    }
  }

  private static <T> T told(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException known ? known : failed;
    }
  }
}
