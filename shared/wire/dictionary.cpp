#include "shared/wire/dictionary.h"

#include <string_view>

namespace zige::wire {
namespace {

using namespace std::string_view_literals;

/// Dictionary 1. Rare things first: what lies near the end is cheapest to point at.
constexpr std::string_view kOne =
    "国务院办公厅关于部分节假日安排的通知国办发明电"
    "henan-xinyang"
    "第一条第二条第三条第四条第五条第六条第七条第八条第九条第十条第十一条第十二条第十四条第十八条第二十条"
    "第二十二条第二十五条第三十三条第三十四条第三十五条第四十一条第五十条"
    "欧阳司马上官诸葛夏侯"
    "孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝"
    "李王张刘陈杨赵黄周吴徐孙胡朱高"
    "人民医院中医院妇幼保健院乡卫生院镇中心卫生院村卫生室社区卫生服务中心诊所大药房有限公司分店"
    "内科外科儿科妇产科急诊科"
    "H410100P410100D410100N410100HY410100HJ410100"
    "H411500P411500HY411500HJ411500N411500D411500"
    "医疗保障局医疗保障经办中心解除通知书恢复暂停终止"
    "〔2024〕1号〔2025〕1号〔2027〕"
    "医保处〔2026〕决定字〔2026〕第"
    "\x11\x78\x19\x11\x78\x1a\x11\x78\x1b\x11\x78\x1c"sv
    "\xf6\x80\x01\x01\xf6\x01"sv
    "\xf6\xf6\x80\x81\x82"sv
    "号"sv;

}  // namespace

ByteView dictionary(std::uint8_t id) { return id == kNewestDictionary ? as_bytes(kOne) : ByteView{}; }

std::map<std::uint8_t, Bytes> dictionaries() { return {{kNewestDictionary, to_bytes(kOne)}}; }

}  // namespace zige::wire
