package io.chancery.cli.node;

import io.chancery.ocsp.AnswerForms;
import io.chancery.ocsp.AnswerShelf;
import io.chancery.ocsp.KeptAnswer;
import io.chancery.x509.IssuerName;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answers of a shelf on disk: what comes is written behind what is there, and a start writes it
 * anew without what has been overtaken. What a crash tears off at the end is left out when it is
 * read; an answer that is lost so is an older one's place, which holds until its nextUpdate.
 */
final class AnswerLog implements AutoCloseable {
  private static final String MAGIC = "chancery-answers-1";
  private static final int FORM = 'F';
  private static final int ANSWER = 'A';

  private final FileChannel file;
  private final DataOutputStream out;
  private final AnswerForms forms;
  private final Set<Integer> told = new HashSet<>();

  private AnswerLog(FileChannel file, AnswerForms forms) throws IOException {
    this.file = file;
    this.forms = forms;
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file)));
    out.writeUTF(MAGIC);
  }

  /** A whole new file with what is on the shelf, under its name once all of it is on disk. */
  static AnswerLog write(Path path, AnswerShelf shelf) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    AnswerLog log =
        new AnswerLog(
            FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            shelf.forms());
    List<KeptAnswer> all = new ArrayList<>();
    shelf.forEach(all::add);
    for (KeptAnswer answer : all) {
      log.add(answer);
    }
    log.force();
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return log;
  }

  /** Writes these behind the others; they are on disk when this returns. */
  void append(List<KeptAnswer> answers) throws IOException {
    for (KeptAnswer answer : answers) {
      add(answer);
    }
    force();
  }

  private void add(KeptAnswer answer) throws IOException {
    if (told.add(answer.form())) {
      AnswerForms.Key key = forms.at(answer.form()).key();
      out.writeByte(FORM);
      out.writeShort(answer.form());
      out.writeUTF(key.issuer().value());
      out.writeUTF(key.responder());
    }
    out.writeByte(ANSWER);
    out.writeShort(answer.octets().length);
    out.write(answer.octets());
  }

  /** How long the file is. */
  long octets() throws IOException {
    return file.size();
  }

  private void force() throws IOException {
    out.flush();
    file.force(false);
  }

  /** Who knows the form of an issuer's answers under a responder; empty where that is unknown. */
  interface Forms {
    Optional<Integer> number(AnswerForms.Key key);
  }

  /** Puts on the shelf what the file holds; returns what was news there. */
  static List<KeptAnswer> read(Path path, AnswerShelf shelf, Forms forms) throws IOException {
    List<KeptAnswer> news = new ArrayList<>();
    if (!Files.exists(path)) {
      return news;
    }
    Map<Integer, Optional<Integer>> numbers = new HashMap<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      if (!in.readUTF().equals(MAGIC)) {
        throw new IOException(path + " is no file of answers");
      }
      for (int tag = in.read(); tag >= 0; tag = in.read()) {
        int numberOrLength = in.readUnsignedShort();
        if (tag == FORM) {
          AnswerForms.Key key = new AnswerForms.Key(new IssuerName(in.readUTF()), in.readUTF());
          numbers.put(numberOrLength, forms.number(key));
        } else if (tag == ANSWER) {
          byte[] octets = in.readNBytes(numberOrLength);
          if (!KeptAnswer.isLongEnough(numberOrLength) || octets.length < numberOrLength) {
            return news;
          }
          KeptAnswer answer = new KeptAnswer(octets);
          numbers
              .getOrDefault(answer.form(), Optional.empty())
              .map(answer::withForm)
              .filter(shelf::put)
              .ifPresent(news::add);
        } else {
          throw new IOException(path + " is damaged");
        }
      }
    } catch (EOFException torn) {
      return news; // a crash while it was written: all before is whole
    }
    return news;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
