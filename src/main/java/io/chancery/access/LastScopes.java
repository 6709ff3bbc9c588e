package io.chancery.access;

import io.chancery.Caller;
import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a credential was found last. It is looked for there first, and across organizations only
 * where it is not: the connection then shows what the deed that follows will need, and is told
 * nothing in between. Who calls is asked each time; this only says where to look. What a login
 * reads is its own organization's, or asked of all of them ({@link IdentityRows}), so that what is
 * found here is what would be found everywhere.
 */
final class LastScopes {
  private static final int MOST = 20_000;

  private final Map<String, Scope> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Scope> eldest) {
          return size() > MOST;
        }
      };

  Caller find(Credential credential, Supplier<Caller> look) {
    if (isForwarded(credential)) {
      // Whether it is a proxy's word is asked of a certificate that may be another organization's.
      return Scope.across(Scope.Across.WHO_CALLS, look);
    }
    String fingerprint = credential.fingerprint();
    Optional<Scope> likely = of(fingerprint);
    if (likely.isPresent()) {
      try {
        return kept(fingerprint, likely.get().during(look));
      } catch (PkiException unknown) {
        if (!(unknown.failure() instanceof Failure.Unauthenticated
            || unknown.failure() instanceof Failure.NotFound)) {
          throw unknown;
        }
        forget(fingerprint);
      }
    }
    return kept(fingerprint, Scope.across(Scope.Across.WHO_CALLS, look));
  }

  private static boolean isForwarded(Credential credential) {
    return switch (credential) {
      case Credential.None none -> false;
      case Credential.ClientCertificate shown -> false;
      case Credential.Forwarded shown -> true;
      case Credential.BearerToken shown -> isForwarded(shown.beside());
    };
  }

  private Caller kept(String fingerprint, Caller found) {
    Scope scope = Scope.of(found);
    synchronized (last) {
      last.put(fingerprint, scope);
    }
    return found;
  }

  private Optional<Scope> of(String fingerprint) {
    synchronized (last) {
      return Optional.ofNullable(last.get(fingerprint));
    }
  }

  private void forget(String fingerprint) {
    synchronized (last) {
      last.remove(fingerprint);
    }
  }
}
