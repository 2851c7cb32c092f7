#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/result.h"

namespace zige::hub {

inline constexpr std::size_t kMaxColumns = 24;

struct PaperSpan {
    std::string text;  ///< UTF-8; '\n' begins a new line
    bool bold = false;
    bool operator==(const PaperSpan&) const = default;
};

enum class PaperStyle { title, heading, body, small };
enum class PaperAlign { left, centre, right };

struct Paragraph {
    PaperStyle style = PaperStyle::body;
    PaperAlign align = PaperAlign::left;
    bool indented = false;  ///< the first line by two characters
    bool boxed = false;     ///< in a frame
    std::vector<PaperSpan> spans;
    bool operator==(const Paragraph&) const = default;
};

struct PaperCell {
    Paragraph content;
    bool head = false;
    bool tall = false;  ///< room for an opinion and a seal
    std::size_t columns = 1;
    bool operator==(const PaperCell&) const = default;
};

struct PaperTable {
    std::vector<unsigned> widths;  ///< of the columns, in parts of their sum
    std::vector<std::vector<PaperCell>> rows;
    bool operator==(const PaperTable&) const = default;
};

struct PaperCode {
    std::string text;  ///< of the QR code
    bool operator==(const PaperCode&) const = default;
};

struct PageBreak {
    bool operator==(const PageBreak&) const = default;
};

using PaperBlock = std::variant<Paragraph, PaperTable, PaperCode, PageBreak>;

/// A paper as it is read from its markup; HTML and PDF are both made of it.
struct Document {
    std::string title;  ///< of its first h1
    std::vector<PaperBlock> blocks;
    bool operator==(const Document&) const = default;
};

/// Markup is a small, strict part of XHTML:
///   <h1> <h2> <p>          class: center right plain (not indented) small box
///   <b> <br/>              within them and within cells
///   <table> <col width="30"/> <tr> <th> <td>   class: center right tall; colspan="2"
///   <qr>text</qr> <hr class="page"/>            a code; a new page
/// Entities: &lt; &gt; &amp; &quot; &#39; and by number. Nothing else passes, so no script does.
/// paper_bad_template: `field` is "<name>:<line>".
Result<Document> parse_document(std::string_view name, std::string_view markup);

}  // namespace zige::hub
