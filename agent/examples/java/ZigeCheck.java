// As ../c/zige_check.c, in Java 8 or later with JNA: java -cp jna.jar:. ZigeCheck DATA_DIR FEE_TIME CODE...
// The library is found as the system finds libraries, such as by LD_LIBRARY_PATH or PATH.

import com.sun.jna.Function;
import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.PointerByReference;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Declarations of zige.h, as far as they are used here. The fields of each struct stand as in the header. */
interface Zige extends Library {
    int MAX_PEOPLE = 8;
    int MAX_GROUNDS = 16;
    int TXN_OUTPATIENT_FEES = 1;
    int ROLE_ORDERING = 1;
    int TEXT_GROUND = 2;
    int TEXT_ADVICE = 3;
    int E_AGENT_BUSY = -4002, E_FILE_PERMISSION = -8005, KIND_INVALID = 1, KIND_UNTRUSTED = 4;

    Zige INSTANCE = Native.load(Platform.isWindows() ? "zige" : "libzige.so.0", Zige.class, options());

    static Map<String, Object> options() {
        Map<String, Object> options = new HashMap<>();
        options.put(Library.OPTION_STRING_ENCODING, "UTF-8");
        boolean stdcall = Platform.isWindows() && !Platform.is64Bit();
        options.put(Library.OPTION_CALLING_CONVENTION, stdcall ? Function.ALT_CONVENTION : Function.C_CONVENTION);
        return options;
    }

    final class Size extends IntegerType {
        public Size() { this(0); }
        public Size(long value) { super(Native.SIZE_T_SIZE, value, true); }
    }

    @FieldOrder({"code", "kind", "field", "reason", "next", "detail"})
    class Failure extends Structure {
        public int code, kind;
        public byte[] field = new byte[120], reason = new byte[320], next = new byte[320], detail = new byte[256];
    }

    @FieldOrder({"size", "flags", "data_dir", "anchor", "fetch", "log", "user"})
    class OpenOptions extends Structure {
        public int size, flags;
        public String data_dir, anchor;
        public Pointer fetch, log, user;
    }

    @FieldOrder({"size", "flags", "data_dir", "address", "key", "timeout_ms", "slow_ms", "log", "user"})
    class ConnectOptions extends Structure {
        public int size, flags;
        public String data_dir, address, key;
        public int timeout_ms, slow_ms;
        public Pointer log, user;
    }

    @FieldOrder({"code", "role"})
    class Person extends Structure {
        public String code;
        public int role;
    }

    @FieldOrder({"line_id", "fee_time", "prescribed_time", "department", "med_type", "amount_fen", "item_class", "uninsured",
                 "emergency_kind", "emergency_reason", "emergency_declared_by", "people", "visit", "item_code", "order_number",
                 "order_time", "release_reason", "released_by", "ordering_name"})
    class Line extends Structure {
        public String line_id, fee_time, prescribed_time, department, med_type;
        public long amount_fen;
        public int item_class, uninsured, emergency_kind;
        public String emergency_reason, emergency_declared_by;
        public Person[] people = new Person[MAX_PEOPLE];
        public String visit, item_code, order_number, order_time, release_reason, released_by, ordering_name;

        public Line() {
            for (int i = 0; i < people.length; ++i) people[i] = new Person();
        }
    }

    @FieldOrder({"size", "transaction", "claim_id", "idempotency_key", "lines", "line_count", "line_size"})
    class Claim extends Structure {
        public int size, transaction;
        public String claim_id, idempotency_key;
        public Pointer lines;
        public int line_count, line_size;
    }

    @FieldOrder({"ground", "outcome", "person", "freed", "from", "end", "nominal_end", "article", "document"})
    class Ground extends Structure {
        public int ground, outcome, person, freed;
        public byte[] from = new byte[12], end = new byte[12], nominal_end = new byte[12];
        public byte[] article = new byte[128], document = new byte[128];
    }

    @FieldOrder({"role", "found", "outcome", "name"})
    class Verdict extends Structure {
        public int role, found, outcome;
        public byte[] name = new byte[64];
    }

    @FieldOrder({"outcome", "may_settle", "judged", "advice", "cost_to_patient", "freshness", "age_seconds", "number", "reference",
                 "error", "ground_count", "grounds_left_out", "grounds", "people"})
    class Decision extends Structure {
        public int outcome, may_settle, judged, advice, cost_to_patient, freshness;
        public long age_seconds, number;
        public byte[] reference = new byte[8];
        public int error, ground_count, grounds_left_out;
        public Ground[] grounds = new Ground[MAX_GROUNDS];
        public Verdict[] people = new Verdict[MAX_PEOPLE];
    }

    @FieldOrder({"size", "decision_size", "decisions", "decision_count", "outcome", "may_settle", "repeated", "unanswered",
                 "duties_due", "chapter", "mode", "clock_unknown", "clock_suspect", "institution", "decided_at", "as_of"})
    class Answer extends Structure {
        public int size, decision_size;
        public Pointer decisions;
        public int decision_count, outcome, may_settle, repeated, unanswered, duties_due, chapter, mode, clock_unknown, clock_suspect;
        public byte[] institution = new byte[24], decided_at = new byte[20], as_of = new byte[20];
    }

    int zige_agent_open(PointerByReference out, OpenOptions options, Failure err);
    int zige_agent_connect(PointerByReference out, ConnectOptions options, Failure err);
    void zige_agent_close(PointerByReference agent);
    int zige_clear(Answer out, Pointer agent, Claim claim, Failure err);
    int zige_text(byte[] out, Size room, int group, int code, int flags, Failure err);
}

public final class ZigeCheck implements AutoCloseable {
    /** Settle as before, and mark the bill `unchecked`; but if `fault`, the call, the key or the way to the agent is wrong, and
        no bill will ever be answered: show it, and have it put right. */
    static final class NoAnswer extends Exception {
        final boolean fault;

        NoAnswer(Zige.Failure why) {
            super(text(why.reason) + " " + text(why.field) + " " + text(why.next));
            fault = why.kind == Zige.KIND_INVALID || why.kind == Zige.KIND_UNTRUSTED || why.code == Zige.E_FILE_PERMISSION;
        }
    }

    private static final Zige ZIGE = Zige.INSTANCE;
    private final PointerByReference agent = new PointerByReference();

    /** The agent of this folder: our own, or the one that runs already. */
    ZigeCheck(String dataDir) throws NoAnswer {
        Zige.Failure why = new Zige.Failure();
        Zige.OpenOptions own = new Zige.OpenOptions();
        own.size = own.size();
        own.data_dir = dataDir;
        int status = ZIGE.zige_agent_open(agent, own, why);
        if (status == Zige.E_AGENT_BUSY) {
            Zige.ConnectOptions running = new Zige.ConnectOptions();
            running.size = running.size();
            running.data_dir = dataDir;
            status = ZIGE.zige_agent_connect(agent, running, why);
        }
        if (status != 0) throw new NoAnswer(why);
    }

    @Override
    public void close() { ZIGE.zige_agent_close(agent); }

    private static String text(byte[] bytes) { return Native.toString(bytes, "UTF-8"); }

    private static String text(int group, int code) {
        byte[] room = new byte[1024];
        return ZIGE.zige_text(room, new Zige.Size(room.length), group, code, 0, null) == 0 ? text(room) : "";
    }

    private static String shown(int number, Zige.Decision line) {
        boolean grounded = line.ground_count > 0;
        return number + " " + line.outcome + " " + line.may_settle
            + " [" + (grounded ? text(Zige.TEXT_GROUND, line.grounds[0].ground) : "") + "]"
            + " [" + (grounded ? text(line.grounds[0].document) : "") + "]"
            + " [" + text(Zige.TEXT_ADVICE, line.advice) + "] " + text(line.reference);
    }

    private static Zige.Line[] lines(String feeTime, String[] codes) {
        Zige.Line[] lines = (Zige.Line[]) new Zige.Line().toArray(codes.length);
        for (int i = 0; i < lines.length; ++i) {
            lines[i].fee_time = feeTime;
            lines[i].amount_fen = 1250;
            lines[i].people[0].code = codes[i];
            lines[i].people[0].role = Zige.ROLE_ORDERING;
            lines[i].write();
        }
        return lines;
    }

    /** Whether every line may be settled; prints a row for each. */
    boolean clear(String feeTime, String[] codes, PrintStream out) throws NoAnswer {
        Zige.Line[] lines = lines(feeTime, codes);
        Zige.Decision[] decisions = (Zige.Decision[]) new Zige.Decision().toArray(lines.length);
        Zige.Claim claim = new Zige.Claim();
        claim.size = claim.size();
        claim.transaction = Zige.TXN_OUTPATIENT_FEES;
        claim.claim_id = "JS20261120-0017";
        claim.lines = lines[0].getPointer();
        claim.line_count = lines.length;
        claim.line_size = lines[0].size();
        Zige.Answer answer = new Zige.Answer();
        answer.size = answer.size();
        answer.decisions = decisions[0].getPointer();
        answer.decision_count = decisions.length;
        answer.decision_size = decisions[0].size();
        Zige.Failure why = new Zige.Failure();
        if (ZIGE.zige_clear(answer, agent.getValue(), claim, why) != 0) throw new NoAnswer(why);
        for (int i = 0; i < decisions.length; ++i) {
            decisions[i].read();
            out.println(shown(i + 1, decisions[i]));
        }
        return answer.may_settle != 0;
    }

    /** 0: send it; 1: some lines are refused or held; 3: no answer; 4: a fault. */
    private static int run(String[] words, PrintStream out) {
        String[] codes = java.util.Arrays.copyOfRange(words, 2, words.length);
        try (ZigeCheck till = new ZigeCheck(words[0])) {
            return till.clear(words[1], codes, out) ? 0 : 1;
        } catch (NoAnswer why) {
            out.println((why.fault ? "fault: " : "unchecked: ") + why.getMessage());
            return why.fault ? 4 : 3;
        }
    }

    public static void main(String[] words) throws Exception {
        if (words.length < 3) {
            System.err.println("usage: ZigeCheck DATA_DIR FEE_TIME CODE...");
            System.exit(2);
        }
        System.exit(run(words, new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8")));
    }
}
