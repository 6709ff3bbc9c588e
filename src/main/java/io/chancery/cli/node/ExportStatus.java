package io.chancery.cli.node;

import io.chancery.Failure;
import io.chancery.cli.local.LocalDatabase;
import io.chancery.cli.local.LocalInstance;
import io.chancery.cli.local.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All signed status as static files. */
@Command(
    name = "export-status",
    header = "Write OCSP answers and CRLs as static files.",
    description = {
      "",
      "For a web server, object storage or a CDN: every file lies under the path that clients ask "
          + "for. What changes after the export is not in it, so run it again at least as often as "
          + "a revocation may take to be seen there; a second run writes only what is new.",
      "",
      "The same folder feeds status nodes: chancery up --role status --from FOLDER.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  chancery export-status /srv/status",
      "More in docs/status-node.md."
    })
public final class ExportStatus implements Callable<Integer> {
  private static final Duration RETRY = Duration.ofSeconds(2);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Where it goes; made where there is none.")
  private Path folder;

  @Mixin private LocalInstance instance;

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    Progress progress = new Progress(spec.commandLine().getOut(), clock);
    Path target = folder.toAbsolutePath().normalize();
    try (LocalDatabase database = instance.open(progress)) {
      Files.createDirectories(target);
      try (Holdings holdings = new Holdings(target.resolve(StaticFiles.NODE), clock)) {
        BookLook book = new BookLook(database::access, holdings, clock);
        book.look();
        book.reset();
        progress.accept("read: " + holdings.shelf().size() + " OCSP answers");
        progress.accept(new StaticFiles(target, holdings, clock, progress).write());
      }
    } catch (SQLException away) {
      throw new Failure.Unavailable("database", String.valueOf(away.getMessage()), RETRY)
          .because(away);
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              target.toString(),
              "cannot be written: " + cannot,
              "look at its space and permissions, or name another folder")
          .because(cannot);
    }
    return 0;
  }
}
