/** A cell of the grid: column 0 stands for the record as a whole. */
export interface Place {
  row: number
  column: number
}

/** How many rows and columns there are, and how many rows a page key passes. */
export interface Size {
  rows: number
  columns: number
  page: number
}

/** moved is where a key leads from a cell; null when the key is no way. */
export function moved({ row, column }: Place, key: string, far: boolean, { rows, columns, page }: Size): Place | null {
  const [bottom, right] = [rows - 1, columns - 1]
  const ways: Record<string, Place> = {
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowDown: { row: far ? bottom : row + 1, column },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    ArrowRight: { row, column: far ? right : column + 1 },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? bottom : row, column: right },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
  }
  const way = ways[key]
  return way ? within(way, { rows, columns, page }) : null
}

/** within is the cell nearest to a place. */
export const within = ({ row, column }: Place, { rows, columns }: Size): Place => ({
  row: Math.max(0, Math.min(row, rows - 1)),
  column: Math.max(0, Math.min(column, columns - 1)),
})
