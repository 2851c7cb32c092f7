#include "agent/daemon/print.h"
#include "shared/base/error_words.h"

namespace zige::daemon {

const Json& at(const Json& value, std::string_view path) {
    static const Json kNull;
    const Json* here = &value;
    while (!path.empty() && here != nullptr) {
        const std::string_view key = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), key.size() + 1));
        here = here->find(key);
    }
    return here == nullptr ? kNull : *here;
}

std::string words(const Json& value, std::string_view path) {
    const Json& found = at(value, path);
    if (found.text() != nullptr) return *found.text();
    return found.number().value_or("");
}

bool is_true(const Json& value, std::string_view path) { return at(value, path).boolean().value_or(false); }

std::string coded(const Json& value, std::string_view path, Lang lang) {
    return words(at(value, path), lang == Lang::zh ? "text_zh" : "text_en");
}

std::string print_error(const Error& error, Lang lang) {
    const bool zh = lang == Lang::zh;
    const ErrorWords words = words_of(error, lang);
    std::string text = (zh ? "错误 " : "Error ") + std::to_string(static_cast<int>(error.id)) + " " +
                       to_string(error.id) + (zh ? "：" : ": ") + words.reason + "\n";
    if (!words.next.empty()) text += (zh ? "下一步：" : "Next: ") + words.next + "\n";
    if (!words.technical.empty()) text += (zh ? "技术信息：" : "Technical: ") + words.technical + "\n";
    return text;
}

}  // namespace zige::daemon
