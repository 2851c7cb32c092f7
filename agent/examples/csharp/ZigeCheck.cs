// As ../c/zige_check.c, in C# (.NET Framework 4, .NET, mono): zige_check.exe DATA_DIR FEE_TIME CODE...
// The library is found as the system finds libraries: zige.dll, libzige.so.
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

/// Declarations of zige.h, as far as they are used here. The fields of each struct stand as in the header. Texts are
/// handed over as pointers to UTF-8, for .NET's own strings would be the system's code page.
static class Zige
{
    public const int MaxPeople = 8, MaxGrounds = 16;
    public const int TxnOutpatientFees = 1, RoleOrdering = 1, TextGround = 2, TextAdvice = 3, AgentBusy = -4002,
                     FilePermission = -8005, KindInvalid = 1, KindUntrusted = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct Error
    {
        public int Code, Kind;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 120)] public byte[] Field;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 320)] public byte[] Reason;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 320)] public byte[] Next;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 256)] public byte[] Detail;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct OpenOptions
    {
        public int Size;
        public uint Flags;
        public IntPtr DataDir, Anchor, Fetch, Log, User;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ConnectOptions
    {
        public int Size;
        public uint Flags;
        public IntPtr DataDir, Address, Key;
        public int TimeoutMs, SlowMs;
        public IntPtr Log, User;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Person
    {
        public IntPtr Code;
        public int Role;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Line
    {
        public IntPtr LineId, FeeTime, PrescribedTime, Department, MedType;
        public long AmountFen;
        public int ItemClass, Uninsured, EmergencyKind;
        public IntPtr EmergencyReason, EmergencyDeclaredBy;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = MaxPeople)] public Person[] People;
        public IntPtr Visit, ItemCode, OrderNumber, OrderTime, ReleaseReason, ReleasedBy, OrderingName;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Claim
    {
        public int Size, Transaction;
        public IntPtr ClaimId, IdempotencyKey, Lines;
        public int LineCount, LineSize;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Ground
    {
        public int Number, Outcome, Person, Freed;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 12)] public byte[] From;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 12)] public byte[] End;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 12)] public byte[] NominalEnd;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 128)] public byte[] Article;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 128)] public byte[] Document;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Verdict
    {
        public int Role, Found, Outcome;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 64)] public byte[] Name;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Decision
    {
        public int Outcome, MaySettle, Judged, Advice, CostToPatient, Freshness;
        public long AgeSeconds, Number;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 8)] public byte[] Reference;
        public int Error, GroundCount, GroundsLeftOut;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = MaxGrounds)] public Ground[] Grounds;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = MaxPeople)] public Verdict[] People;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Answer
    {
        public int Size, DecisionSize;
        public IntPtr Decisions;
        public int DecisionCount, Outcome, MaySettle, Repeated, Unanswered, DutiesDue, Chapter, Mode, ClockUnknown, ClockSuspect;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 24)] public byte[] Institution;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 20)] public byte[] DecidedAt;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 20)] public byte[] AsOf;
    }

    // The default calling convention is the header's: stdcall on 32-bit Windows, cdecl elsewhere.
    [DllImport("zige")] public static extern int zige_agent_open(out IntPtr agent, ref OpenOptions options, out Error err);
    [DllImport("zige")] public static extern int zige_agent_connect(out IntPtr agent, ref ConnectOptions options, out Error err);
    [DllImport("zige")] public static extern void zige_agent_close(ref IntPtr agent);
    [DllImport("zige")] public static extern int zige_clear(ref Answer answer, IntPtr agent, ref Claim claim, out Error err);
    [DllImport("zige")] public static extern int zige_text(byte[] text, UIntPtr room, int group, int code, uint flags, IntPtr err);
}

/// Memory that the library reads or fills, freed together.
sealed class Native : IDisposable
{
    readonly List<IntPtr> blocks = new List<IntPtr>();

    public IntPtr Room(int bytes)
    {
        IntPtr block = Marshal.AllocHGlobal(bytes);
        blocks.Add(block);
        Marshal.Copy(new byte[bytes], 0, block, bytes);
        return block;
    }

    public IntPtr Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        IntPtr block = Room(utf8.Length + 1);
        Marshal.Copy(utf8, 0, block, utf8.Length);
        return block;
    }

    public static string Read(byte[] utf8)
    {
        int end = Array.IndexOf(utf8, (byte)0);
        return Encoding.UTF8.GetString(utf8, 0, end < 0 ? utf8.Length : end);
    }

    public void Dispose()
    {
        foreach (IntPtr block in blocks) Marshal.FreeHGlobal(block);
        blocks.Clear();
    }
}

/// Settle as before, and mark the bill `unchecked`; but if `Fault`, the call, the key or the way to the agent is wrong, and no bill
/// will ever be answered: show it, and have it put right.
sealed class NoAnswer : Exception
{
    public readonly bool Fault;

    public NoAnswer(Zige.Error why) : base(Native.Read(why.Reason) + " " + Native.Read(why.Field) + " " + Native.Read(why.Next))
    {
        Fault = why.Kind == Zige.KindInvalid || why.Kind == Zige.KindUntrusted || why.Code == Zige.FilePermission;
    }
}

sealed class Till : IDisposable
{
    IntPtr agent;

    /// The agent of this folder: our own, or the one that runs already.
    public Till(string dataDir)
    {
        using (Native memory = new Native())
        {
            Zige.Error why;
            Zige.OpenOptions own = new Zige.OpenOptions { Size = Marshal.SizeOf(typeof(Zige.OpenOptions)), DataDir = memory.Text(dataDir) };
            int status = Zige.zige_agent_open(out agent, ref own, out why);
            if (status == Zige.AgentBusy)
            {
                Zige.ConnectOptions running = new Zige.ConnectOptions
                    { Size = Marshal.SizeOf(typeof(Zige.ConnectOptions)), DataDir = memory.Text(dataDir) };
                status = Zige.zige_agent_connect(out agent, ref running, out why);
            }
            if (status != 0) throw new NoAnswer(why);
        }
    }

    public void Dispose() { Zige.zige_agent_close(ref agent); }

    static string Sentence(int group, int code)
    {
        byte[] room = new byte[1024];
        return Zige.zige_text(room, (UIntPtr)room.Length, group, code, 0, IntPtr.Zero) == 0 ? Native.Read(room) : "";
    }

    static void Show(TextWriter to, int number, Zige.Decision line)
    {
        bool grounded = line.GroundCount > 0;
        to.Write("{0} {1} {2} [{3}] [{4}] [{5}] {6}\n", number, line.Outcome, line.MaySettle,
                 grounded ? Sentence(Zige.TextGround, line.Grounds[0].Number) : "",
                 grounded ? Native.Read(line.Grounds[0].Document) : "", Sentence(Zige.TextAdvice, line.Advice),
                 Native.Read(line.Reference));
    }

    static IntPtr Lines(Native memory, string feeTime, string[] codes)
    {
        int size = Marshal.SizeOf(typeof(Zige.Line));
        IntPtr lines = memory.Room(size * codes.Length);
        for (int i = 0; i < codes.Length; ++i)
        {
            Zige.Line line = new Zige.Line
                { FeeTime = memory.Text(feeTime), AmountFen = 1250, People = new Zige.Person[Zige.MaxPeople] };
            line.People[0] = new Zige.Person { Code = memory.Text(codes[i]), Role = Zige.RoleOrdering };
            Marshal.StructureToPtr(line, IntPtr.Add(lines, i * size), false);
        }
        return lines;
    }

    /// Whether every line may be settled; writes a row for each.
    public bool Clear(string feeTime, string[] codes, TextWriter to)
    {
        using (Native memory = new Native())
        {
            int size = Marshal.SizeOf(typeof(Zige.Decision));
            Zige.Claim claim = new Zige.Claim
            {
                Size = Marshal.SizeOf(typeof(Zige.Claim)), Transaction = Zige.TxnOutpatientFees, ClaimId = memory.Text("JS20261120-0017"),
                Lines = Lines(memory, feeTime, codes), LineCount = codes.Length, LineSize = Marshal.SizeOf(typeof(Zige.Line))
            };
            Zige.Answer answer = new Zige.Answer
            {
                Size = Marshal.SizeOf(typeof(Zige.Answer)), DecisionSize = size, Decisions = memory.Room(size * codes.Length),
                DecisionCount = codes.Length
            };
            Zige.Error why;
            if (Zige.zige_clear(ref answer, agent, ref claim, out why) != 0) throw new NoAnswer(why);
            for (int i = 0; i < codes.Length; ++i)
                Show(to, i + 1, (Zige.Decision)Marshal.PtrToStructure(IntPtr.Add(answer.Decisions, i * size), typeof(Zige.Decision)));
            return answer.MaySettle != 0;
        }
    }
}

static class Program
{
    /// 0: send it; 1: some lines are refused or held; 3: no answer; 4: a fault.
    static int Main(string[] words)
    {
        if (words.Length < 3)
        {
            Console.Error.WriteLine("usage: zige_check.exe DATA_DIR FEE_TIME CODE...");
            return 2;
        }
        string[] codes = new string[words.Length - 2];
        Array.Copy(words, 2, codes, 0, codes.Length);
        using (StreamWriter to = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)))
        {
            try
            {
                using (Till till = new Till(words[0])) return till.Clear(words[1], codes, to) ? 0 : 1;
            }
            catch (NoAnswer why)
            {
                to.Write((why.Fault ? "fault: " : "unchecked: ") + why.Message + "\n");
                return why.Fault ? 4 : 3;
            }
        }
    }
}
