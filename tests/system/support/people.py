"""People of a township hospital, as the roster of their institution has them."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(serial):
    """An identity number with its check digit (GB 11643)."""
    digits = f"41150219850303{serial:03}"
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS)) % 11]


def roster(institution, names):
    """Rows of the doctors' export: `names` by code."""
    return "".join("\t".join((institution, "平桥区中心卫生院", code, name, "男", "01", identity(serial), "在职", "2025-01-01", "2027-12-31",
                              f"Z{serial}", "平桥区中心卫生院", "临床", "内科", "执业医师", "主治医师")) + "\n"
                   for serial, (code, name) in enumerate(names.items(), 1))
