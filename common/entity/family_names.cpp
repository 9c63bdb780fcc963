#include "common/entity/family_names.hpp"

#include <algorithm>
#include <array>

namespace pfind {
namespace {

// Sorted. The common ones, in the romanisations in use; few families bear any other.
constexpr auto k_family_names = std::to_array<std::string_view>({
    // clang-format off
    "an", "bae", "bai", "bao", "cai", "cao", "chan", "chang", "chao", "chen", "cheng", "cheung", "chiang", "chin",
    "cho", "choe", "choi", "chong", "chou", "chow", "chu", "chung", "cui", "dai", "dang", "deng", "ding", "do",
    "dong", "du", "duan", "duong", "fan", "fang", "feng", "fong", "fu", "gao", "geng", "gong", "gu", "guan", "guo",
    "gwon", "ha", "han", "hao", "he", "heo", "ho", "hong", "hou", "hsieh", "hsu", "hu", "huang", "hui", "huynh",
    "hwang", "im", "jang", "jeon", "jeong", "ji", "jia", "jiang", "jin", "jo", "joo", "jung", "kang", "kao", "kim",
    "ko", "kong", "koo", "kuo", "kwak", "kwok", "kwon", "lai", "lam", "lau", "le", "lee", "lei", "leung", "li",
    "lian", "liang", "liao", "lim", "lin", "ling", "liu", "lo", "lu", "luo", "luong", "lv", "ma", "mai", "mao",
    "meng", "min", "moon", "na", "nam", "ng", "ngo", "nguyen", "ni", "nie", "noh", "oh", "ou", "ouyang", "pak",
    "pan", "pang", "park", "peng", "pham", "phan", "qi", "qian", "qiao", "qin", "qiu", "quan", "ren", "rhee", "ryu",
    "seo", "shao", "shen", "shi", "shim", "shin", "sin", "situ", "song", "su", "sun", "sung", "tan", "tang", "tao",
    "tian", "tran", "trinh", "truong", "tsai", "tsang", "tseng", "tu", "vo", "vu", "wan", "wang", "wei", "wen",
    "wong", "woo", "wu", "xia", "xiang", "xiao", "xie", "xiong", "xu", "xue", "yan", "yang", "yao", "ye", "yeh",
    "yeo", "yi", "yim", "yin", "yoo", "yoon", "you", "yu", "yuan", "yue", "yun", "zeng", "zhai", "zhan", "zhang",
    "zhao", "zheng", "zhong", "zhou", "zhu", "zhuang", "zou"
    // clang-format on
});
static_assert(std::ranges::is_sorted(k_family_names));

} // namespace

bool is_leading_family_name(std::string_view folded_word) {
  return std::ranges::binary_search(k_family_names, folded_word);
}

} // namespace pfind
