"""The pages of staff and of visitors with a receipt, a folder for each topic."""
