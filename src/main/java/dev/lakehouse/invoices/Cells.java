package dev.lakehouse.invoices;

/** The texts of a row in a table of items; null for an empty column. */
record Cells(String item, String quantity, String unitPrice, String amount) {
    /** Whether it only has a name, like the second line of a long name. */
    boolean isText() {
        return item != null && quantity == null && unitPrice == null && amount == null;
    }

    /** Whether it begins an invoice line: it has an amount, or a quantity and text where an amount is expected. */
    boolean isItem() {
        return PrintedAmount.isMoney(unitPrice)
                || PrintedAmount.isMoney(amount)
                || (isNumber(quantity) && (unitPrice != null || amount != null));
    }

    /** Whether it has all parts of an invoice line. */
    boolean isWholeItem() {
        return item != null && isNumber(quantity) && isAmount(unitPrice) && isAmount(amount);
    }

    /** Whether it has an amount without quantity and price, like a sum that is carried to the next page. */
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
