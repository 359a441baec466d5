package dev.lakehouse.invoices;

/** The texts of a row of a table of items; null where a column has none. */
record Cells(String item, String quantity, String unitPrice, String amount) {
    /** Whether it has a name and nothing else, as the second line of a long name has. */
    boolean isText() {
        return item != null && quantity == null && unitPrice == null && amount == null;
    }

    /** Whether it begins a line of the invoice: it has money, or a quantity and what should be money. */
    boolean isItem() {
        return PrintedAmount.isMoney(unitPrice)
                || PrintedAmount.isMoney(amount)
                || (isNumber(quantity) && (unitPrice != null || amount != null));
    }

    /** Whether it has all that a line of the invoice needs. */
    boolean isWholeItem() {
        return item != null && isNumber(quantity) && isAmount(unitPrice) && isAmount(amount);
    }

    /** Whether it has an amount that nothing leads to, as a sum carried to the next page has. */
    boolean isSum() {
        return quantity == null && !isAmount(unitPrice) && isAmount(amount);
    }

    private static boolean isNumber(String text) {
        return text != null
                && PrintedAmount.parse(text)
                        .filter(number -> number.currency().isEmpty())
                        .isPresent();
    }

    private static boolean isAmount(String text) {
        return text != null && PrintedAmount.parse(text).isPresent();
    }

    Cells with(String more) {
        return new Cells(joined(item, more), quantity, unitPrice, amount);
    }

    static String joined(String before, String text) {
        return before == null ? text : before + " " + text;
    }
}
