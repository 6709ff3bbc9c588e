package io.chancery.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  private static final Addresses OURS = Addresses.of(1080, 1443, 1900);

  @TempDir Path temp;

  @Test
  void aSecondInstanceIsToldWhoHoldsItAndWhere() throws Exception {
    Path folder = temp.resolve("data");
    try (SecondJvm other = SecondJvm.start("lock", folder)) {
      assertThat(other.says()).isEqualTo("locked");
      DataDirectory data = DataDirectory.open(folder);
      assertThatThrownBy(() -> DataLock.take(data, OURS))
          .isInstanceOfSatisfying(
              PkiException.class,
              e -> {
                Failure.Conflict conflict = (Failure.Conflict) e.failure();
                assertThat(conflict.what()).contains(folder.toString());
                assertThat(conflict.state())
                    .contains("pid " + other.pid())
                    .contains("https://127.0.0.1:8443");
                assertThat(conflict.remedy()).contains("--data");
              });
      assertThat(DataLock.addresses(data)).contains(Addresses.of(8080, 8443, 9000));
    }
  }

  @Test
  void aKilledInstanceLeavesNoLock() throws Exception {
    Path folder = temp.resolve("data");
    try (SecondJvm other = SecondJvm.start("lock", folder)) {
      assertThat(other.says()).isEqualTo("locked");
      other.kill();
    }
    DataDirectory data = DataDirectory.open(folder);
    DataLock.take(data, OURS).close();
    assertThat(DataLock.addresses(data)).isEmpty();
  }

  @Test
  void theLockIsForItsOwnerOnly() throws Exception {
    DataDirectory data = DataDirectory.open(temp.resolve("data"));
    try (DataLock lock = DataLock.take(data, OURS)) {
      assertThat(lock).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.lock())))
          .isEqualTo("rw-------");
    }
  }
}
